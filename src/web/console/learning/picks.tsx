import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.js';
import type { PicksModel } from '../api-types.js';
import { useConsole } from '../shell/console-context.js';
import { fullTime } from '../shell/format-age.js';
import { errorText, Failed, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import classes from './learning.module.css';

const REFETCH_INTERVAL_MS = 15_000;

const percent = (share: number): string =>
  share.toLocaleString('en', { style: 'percent', maximumFractionDigits: 0 });

/** What the site's picks taught about the order of comments, and a switch for it. */
export function Picks() {
  const { site } = useConsole();
  const queries = useQueryClient();
  const key = ['picks-model', site.id];
  const state = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.picksModel(site.id, signal),
    refetchInterval: REFETCH_INTERVAL_MS,
  });
  const change = useMutation({
    mutationFn: (enabled: boolean) => api.setPicksModel(site.id, enabled),
    onSuccess: (answer) => queries.setQueryData(key, answer),
  });
  return (
    <section aria-labelledby="learning-picks">
      <h2 id="learning-picks">Picks</h2>
      <p className={page.soft}>
        Which comments your editors pick can teach the sort order “best” and the suggested picks. It never
        holds or hides a comment.
      </p>
      {state.isPending ? (
        <LoadingRows rows={2} />
      ) : !state.data ? (
        <Failed error={state.error} what="The picks" onRetry={() => void state.refetch()} />
      ) : (
        <>
          <PicksFigures state={state.data} />
          <Switch
            className={classes.switch}
            label="Learn from picks"
            description="Off: the shipped order comes back within minutes, and nothing is trained."
            checked={state.data.enabled}
            disabled={change.isPending}
            onChange={(event) => change.mutate(event.currentTarget.checked)}
          />
        </>
      )}
      {change.isError && (
        <p className={page.fault} role="alert">
          {errorText(change.error, 'Not changed: the server does not answer.')}
        </p>
      )}
    </section>
  );
}

function PicksFigures({ state: { enabled, picks, needed, lastTraining, models } }: { state: PicksModel }) {
  const active = models.find((model) => model.state === 'active');
  const measured = active ?? models[0];
  const title = active
    ? 'Your picks set the order'
    : !enabled
      ? 'Switched off'
      : picks < needed
        ? 'Collecting picks'
        : 'The shipped order is in use';
  return (
    <>
      <p role="status">
        <b>{title}.</b> {picks.toLocaleString()} published {picks === 1 ? 'comment is' : 'comments are'}{' '}
        picked
        {picks < needed && enabled && `; a training needs ${needed}`}.
        {enabled && picks >= needed && lastTraining.outcome === null && ' The first training is due shortly.'}
        {enabled &&
          lastTraining.outcome === 'too-few' &&
          picks >= needed &&
          ' Too few of them have five other comments of their length on the same stories, or they are from fewer than ten stories.'}
        {enabled && lastTraining.outcome === 'failed' && ' The last training failed; it is tried again.'}
      </p>
      {measured && (
        <p>
          On stories that it had not seen, the order learned from {measured.picks.toLocaleString()} picks put
          a pick above another comment of about its length in {percent(measured.figures.learned)} of cases,
          and the shipped order in {percent(measured.figures.shipped)}; half would be chance.{' '}
          {measured.figures.gainAtLeast > 0
            ? 'That is better than chance explains.'
            : 'That is not better beyond doubt, so it is not used.'}{' '}
          <span className={page.soft}>Trained {fullTime(measured.createdAt)}.</span>
        </p>
      )}
    </>
  );
}
