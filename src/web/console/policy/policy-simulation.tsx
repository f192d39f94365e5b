import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ProblemError } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { MoreButton } from '../shell/more-button.js';
import { Failed, errorText, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import { hrefOf, Link } from '../router.js';
import type { DraftScore, PolicyPatch, PolicyReplay, DecisionDifference } from '../api-types.js';
import { changesText, countOf } from './policy-draft.js';
import classes from './policy.module.css';

const ACTION_LABELS: Readonly<Record<string, string>> = {
  publish: 'published',
  hold: 'held',
  reject: 'rejected',
};
const isUnfinished = ({ state }: PolicyReplay): boolean => state === 'waiting' || state === 'running';

interface Props {
  siteId: string;
  /** Loads a draft's changes into the form. */
  onLoadDraft: (patch: PolicyPatch) => void;
}

/** Drafts that were replayed on past comments, and the one in shadow mode. */
export function PolicySimulation({ siteId, onLoadDraft }: Props) {
  const replays = useQuery({
    queryKey: ['replays', siteId],
    queryFn: ({ signal }) => api.replays(siteId, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnfinished) ? 1_000 : false),
  });
  const [selectedId, setSelectedId] = useState<string | null>(null);
  if (replays.isPending) return <LoadingRows />;
  if (replays.isError && !replays.data)
    return <Failed error={replays.error} what="Replays" onRetry={() => void replays.refetch()} />;
  const items = replays.data.items;
  const shown = items.find(({ id }) => id === selectedId) ?? items[0];
  return (
    <div className={classes.sections}>
      <Shadow siteId={siteId} onLoadDraft={onLoadDraft} />
      <section className={classes.section} aria-labelledby="replays-title">
        <h2 id="replays-title">Replays</h2>
        {items.length === 0 ? (
          <p className={page.soft}>
            Change a rule and replay it over past comments before you save it. Comments that would be decided
            differently are listed here, with the decisions of people.
          </p>
        ) : (
          <div className={table.ruled} role="region" aria-label="Earlier replays" tabIndex={0}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">Begun</th>
                  <th scope="col">By</th>
                  <th scope="col" className={table.number}>
                    Changes
                  </th>
                  <th scope="col" className={table.number}>
                    Comments
                  </th>
                  <th scope="col" className={table.number}>
                    Otherwise
                  </th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                {items.map((replay) => (
                  <tr key={replay.id}>
                    <td>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        aria-pressed={replay.id === shown?.id}
                        onClick={() => setSelectedId(replay.id)}
                      >
                        {fullTime(replay.createdAt)}
                      </Button>
                    </td>
                    <td>{replay.actor?.name ?? 'A key'}</td>
                    <td className={table.number}>{countOf(replay.policy)}</td>
                    <td className={table.number}>{replay.seen.toLocaleString()}</td>
                    <td className={table.number}>{replay.score.different.toLocaleString()}</td>
                    <td>{replay.state}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {shown && <Replay key={shown.id} siteId={siteId} replay={shown} onLoadDraft={onLoadDraft} />}
    </div>
  );
}

function Replay({ siteId, replay, onLoadDraft }: Props & { replay: PolicyReplay }) {
  const queries = useQueryClient();
  const differences = useInfiniteQuery({
    queryKey: ['replay-differences', siteId, replay.id, replay.seen],
    queryFn: ({ pageParam, signal }) => api.replayDifferences(siteId, replay.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
  });
  const changeState = useMutation({
    mutationFn: (action: 'cancel' | 'resume') => api.setReplayState(siteId, replay.id, action),
    onSettled: () => queries.invalidateQueries({ queryKey: ['replays', siteId] }),
  });
  return (
    <section className={classes.section} aria-labelledby="replay-title">
      <div className={classes.titled}>
        <h2 id="replay-title">What the draft would have decided</h2>
        <LoadDraftButton patch={replay.policy} onLoadDraft={onLoadDraft} />
      </div>
      {replay.state !== 'done' && (
        <div className={page.note} data-state={isUnfinished(replay) ? undefined : 'waiting'}>
          <div>
            <div role="status">
              {isUnfinished(replay)
                ? `${replay.seen.toLocaleString()} of ${replay.comments.toLocaleString()} comments`
                : `${replay.state === 'failed' ? 'It failed' : 'Stopped'} after ${replay.seen.toLocaleString()} comments.`}
            </div>
            <progress
              className={classes.progress}
              value={replay.seen}
              max={replay.comments}
              aria-label="Comments replayed"
            />
          </div>
          <Button
            size="xs"
            variant="default"
            loading={changeState.isPending}
            onClick={() => changeState.mutate(isUnfinished(replay) ? 'cancel' : 'resume')}
          >
            {isUnfinished(replay) ? 'Stop' : 'Go on'}
          </Button>
        </div>
      )}
      {changeState.isError && (
        <p className={page.fault} role="alert">
          {errorText(changeState.error, 'The server does not answer.')}
        </p>
      )}
      <Score score={replay.score} />
      <DifferenceTable items={differences.data?.pages.flatMap(({ items }) => items) ?? []} siteId={siteId} />
      <MoreButton list={differences}>Show more of them</MoreButton>
    </section>
  );
}

function LoadDraftButton({ patch, onLoadDraft }: Pick<Props, 'onLoadDraft'> & { patch: PolicyPatch }) {
  return (
    <Button size="xs" variant="default" onClick={() => onLoadDraft(patch)}>
      Continue with this draft
    </Button>
  );
}

function Score({ score }: { score: DraftScore }) {
  const figure = (name: string, live: number, draft: number) => (
    <div>
      <dt>{name}</dt>
      <dd>
        {draft.toLocaleString()} <small>now {live.toLocaleString()}</small>
      </dd>
    </div>
  );
  return (
    <dl className={classes.verdicts}>
      <div>
        <dt>Decided differently</dt>
        <dd>
          {score.different.toLocaleString()} <small>of {comparedCount(score).toLocaleString()}</small>
        </dd>
      </div>
      {figure('Held for a person', score.live.held, score.draft.held)}
      {figure('Held or rejected, but people published', score.live.falseHolds, score.draft.falseHolds)}
      {figure('Published, but people rejected', score.live.falsePasses, score.draft.falsePasses)}
    </dl>
  );
}

const comparedCount = ({ cells }: DraftScore): number =>
  cells.reduce((sum, { comments }) => sum + comments, 0);

/** The first words of an excerpt, enough to recognise the comment. */
const firstWordsOf = (excerpt: string): string => excerpt.split(/\s+/).slice(0, 8).join(' ');

const HUMAN_OUTCOME_LABELS: Readonly<Record<string, string>> = { publish: 'published', refuse: 'refused' };

function DifferenceTable({ items, siteId }: { items: readonly DecisionDifference[]; siteId: string }) {
  if (items.length === 0) return <p className={page.soft}>No comment is decided differently so far.</p>;
  return (
    <div className={table.ruled} role="region" aria-label="Comments decided differently" tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Comment</th>
            <th scope="col">Now</th>
            <th scope="col">Draft</th>
            <th scope="col">People</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ commentId, excerpt, live, draft, draftRule, people }) => (
            <tr key={commentId}>
              <td className={table.words}>
                <Link href={hrefOf('/search', { site: siteId, q: firstWordsOf(excerpt) })}>{excerpt}</Link>
                <div className={page.small}>{draftRule}</div>
              </td>
              <td>{ACTION_LABELS[live]}</td>
              <td>{ACTION_LABELS[draft]}</td>
              <td>{people ? HUMAN_OUTCOME_LABELS[people] : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Shadow({ siteId, onLoadDraft }: Props) {
  const queries = useQueryClient();
  const shadow = useQuery({
    queryKey: ['shadow', siteId],
    queryFn: async ({ signal }) => {
      try {
        return await api.shadow(siteId, signal);
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: 15_000,
  });
  const end = useMutation({
    mutationFn: () => api.endShadow(siteId),
    onSettled: () => queries.invalidateQueries({ queryKey: ['shadow', siteId] }),
  });
  return (
    <section className={classes.section} aria-labelledby="shadow-title">
      <h2 id="shadow-title">In the shadow</h2>
      {shadow.data ? (
        <>
          <div className={page.note}>
            <span>
              A draft with {changesText(shadow.data.policy)} sees every new comment since{' '}
              {fullTime(shadow.data.since)} and decides none.
            </span>
            <span className={page.actions}>
              <LoadDraftButton patch={shadow.data.policy} onLoadDraft={onLoadDraft} />
              <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
                End shadow mode
              </Button>
            </span>
          </div>
          <Score score={shadow.data.score} />
          <DifferenceTable items={shadow.data.differences} siteId={siteId} />
        </>
      ) : (
        <p className={page.soft}>
          {shadow.isError ? 'The draft in shadow mode could not be loaded.' : 'No draft is in shadow mode.'}
        </p>
      )}
    </section>
  );
}
