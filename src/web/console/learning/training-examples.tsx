import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { fullTime } from '../shell/format-age.js';
import { useConsole } from '../shell/console-context.js';
import { labelName } from '../shell/score-labels.js';
import { MoreButton } from '../shell/more-button.js';
import { Failed, LoadingRows } from '../shell/page.js';
import page from '../shell/page.module.css';
import table from '../shell/table.module.css';
import type { TrainingExample } from '../api-types.js';
import classes from './learning.module.css';

const USE_LABELS: Readonly<Record<TrainingExample['use'], string>> = {
  trained: 'trained on',
  'held-out': 'held out for measuring',
  none: 'not used',
};

/** The decisions that the site model is trained on. */
export function TrainingExamples() {
  const { site } = useConsole();
  const list = useInfiniteQuery({
    queryKey: ['training-examples', site.id],
    queryFn: ({ pageParam, signal }) => api.trainingExamples(site.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section>
      <h2 id="learning-examples">Decisions used for training</h2>
      <p className={page.soft}>
        The last decision of a person on each text. Decisions by rules, undone decisions and escalations are
        left out.
      </p>
      {list.isPending ? (
        <LoadingRows rows={4} />
      ) : list.isError && items.length === 0 ? (
        <Failed error={list.error} what="The decisions" onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <div className={page.empty} role="status">
          <h3>No decisions yet</h3>
          <p>
            Approve or reject comments in the queue. They appear here with the labels that each one teaches.
          </p>
        </div>
      ) : (
        <div className={table.ruled} role="region" aria-labelledby="learning-examples" tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Decided</th>
                <th scope="col">Comment</th>
                <th scope="col">Decision</th>
                <th scope="col">Teaches</th>
              </tr>
            </thead>
            <tbody>
              {items.map((example) => (
                <tr key={example.decisionId}>
                  <td className={page.time}>{fullTime(example.decidedAt)}</td>
                  <td className={classes.excerpt}>{example.excerpt}</td>
                  <td>
                    {example.refused ? 'refused' : 'published'}
                    {example.reason && <div className={page.small}>{example.reason}</div>}
                  </td>
                  <td>
                    {describeUse(example)}
                    <div className={page.small}>{USE_LABELS[example.use]}</div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list}>Show older decisions</MoreButton>
    </section>
  );
}

function describeUse({ use, refused, labels }: TrainingExample): string {
  if (use === 'none')
    return refused && labels.length === 0
      ? 'nothing: the reason is not about the wording'
      : 'nothing: unsupported language';
  return refused ? labels.map(labelName).join(', ') : 'no label applies';
}
