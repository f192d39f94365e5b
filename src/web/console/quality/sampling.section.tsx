import { Button, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { Failed, errorText, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import { hrefOf, Link } from '../router.js';
import type { SampleDraw, Sampling } from '../api-types.js';
import classes from './quality.module.css';

const POLL_MS = 1_000;

/** The share of automatic decisions that are sampled for review, and the samples drawn. */
export function SamplingSection({ siteId }: { siteId: string }) {
  const settings = useQuery({
    queryKey: ['sampling', siteId],
    queryFn: ({ signal }) => api.sampling(siteId, signal),
  });
  return (
    <>
      <section className={classes.part} aria-labelledby="sampling-title">
        <h2 id="sampling-title">Sample size</h2>
        <p>
          Each Monday, some comments that were published or rejected automatically are drawn at random for
          review. Reviewers do not see the decision, and their answer changes nothing.
        </p>
        {settings.isPending ? (
          <LoadingRows rows={2} />
        ) : !settings.data ? (
          <Failed error={settings.error} what="The settings" onRetry={() => void settings.refetch()} />
        ) : (
          <SettingsForm siteId={siteId} settings={settings.data} />
        )}
      </section>
      <Draws siteId={siteId} />
    </>
  );
}

function SettingsForm({ siteId, settings }: { siteId: string; settings: Sampling }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => api.setSampling(siteId, draft),
    onSuccess: (saved) => queries.setQueryData(['sampling', siteId], saved),
  });
  const field = (name: keyof Sampling, label: string, max: number) => (
    <NumberInput
      size="xs"
      label={label}
      min={0}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      value={draft[name]}
      onChange={(value) => setDraft({ ...draft, [name]: Number(value) || 0 })}
    />
  );
  const isChanged = (Object.keys(draft) as (keyof Sampling)[]).some((name) => draft[name] !== settings[name]);
  return (
    <form
      className={classes.settings}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {field('published', 'Published comments per week', 500)}
      {field('rejected', 'Rejected comments per week', 500)}
      {field('twicePercent', 'Reviewed by two people, per cent', 100)}
      <Button size="xs" type="submit" disabled={!isChanged} loading={save.isPending}>
        Save
      </Button>
      {save.isError && (
        <p className={page.fault} role="alert">
          {errorText(save.error, 'It was not saved: the server does not answer.')}
        </p>
      )}
    </form>
  );
}

function Draws({ siteId }: { siteId: string }) {
  const queries = useQueryClient();
  const draws = useQuery({
    queryKey: ['sample-draws', siteId],
    queryFn: ({ signal }) => api.draws(siteId, signal),
    // A worker draws the sample, so poll until it is done.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ doneAt }) => doneAt === null) ? POLL_MS : false,
  });
  const requestDraw = useMutation({
    mutationFn: () => api.drawNow(siteId),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['sample-draws', siteId] }),
  });
  const items = draws.data?.items ?? [];
  return (
    <section className={classes.part} aria-labelledby="draws-title">
      <h2 id="draws-title">What was drawn</h2>
      <div className={classes.fields}>
        <Button
          size="xs"
          variant="default"
          loading={requestDraw.isPending}
          onClick={() => requestDraw.mutate()}
        >
          Draw a sample now
        </Button>
        <Button size="xs" variant="subtle" component={Link} href={hrefOf('/sample', { site: siteId })}>
          Judge the sample
        </Button>
      </div>
      {requestDraw.isError && (
        <p className={page.fault} role="alert">
          {errorText(requestDraw.error, 'Nothing was drawn: the server does not answer.')}
        </p>
      )}
      {draws.isPending ? (
        <LoadingRows rows={3} />
      ) : !draws.data ? (
        <Failed error={draws.error} what="The draws" onRetry={() => void draws.refetch()} />
      ) : items.length === 0 ? (
        <p className={page.soft}>Nothing was drawn yet. The first draw comes by itself on Monday, or now.</p>
      ) : (
        <div className={table.ruled} tabIndex={0} role="region" aria-label="Draws">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Decided from</th>
                <th scope="col">until</th>
                <th scope="col">Drawn</th>
                <th scope="col" className={table.number}>
                  Of what was published
                </th>
                <th scope="col" className={table.number}>
                  Of what was rejected
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((draw) => (
                <tr key={draw.id}>
                  <td className={page.time}>{fullTime(draw.since)}</td>
                  <td className={page.time}>{fullTime(draw.until)}</td>
                  <td>{stateOf(draw)}</td>
                  <td className={table.number}>{countText(draw.published, draw.publishedOf)}</td>
                  <td className={table.number}>{countText(draw.rejected, draw.rejectedOf)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const stateOf = ({ doneAt, isWeekly }: SampleDraw): string =>
  doneAt === null ? 'on its way' : isWeekly ? 'by itself' : 'when asked';

const countText = (count: number | null, of: number | null): string =>
  count === null || of === null ? '–' : `${count.toLocaleString()} of ${of.toLocaleString()}`;
