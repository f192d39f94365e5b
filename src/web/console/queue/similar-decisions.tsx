import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { useNow } from '../shell/use-now.js';
import type { Reason } from '../api-types.js';
import { BlurredText } from './blurred-text.js';
import classes from './context-panel.module.css';

const VERBS: Readonly<Record<string, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  remove: 'Removed',
  restore: 'Restored',
};

/** What people decided about comments with a similar meaning. */
export function SimilarDecisions({ commentId, reasons }: { commentId: string; reasons: Reason[] }) {
  const now = useNow();
  const { data, isError } = useQuery({
    queryKey: ['similar-decisions', commentId],
    queryFn: ({ signal }) => api.similarDecisions(commentId, signal),
    staleTime: 60_000,
    retry: false,
  });
  if (isError) return <p className={classes.soft}>They could not be loaded.</p>;
  if (!data) return <p className={classes.soft}>Loading…</p>;
  if (!data.isSupported) return <p className={classes.soft}>Only English comments can be compared.</p>;
  if (data.items.length === 0) return <p className={classes.soft}>None so far.</p>;
  return (
    <ol className={classes.timeline} aria-label="Similar past decisions">
      {data.items.map((decision) => (
        <li key={decision.id}>
          <span>
            <b>{VERBS[decision.action] ?? decision.action}</b>
            {decision.moderator && ` by ${decision.moderator.name}`}
            {decision.reason &&
              ` · ${reasons.find(({ code }) => code === decision.reason)?.label ?? decision.reason}`}
          </span>
          <time dateTime={decision.createdAt} title={fullTime(decision.createdAt)}>
            {shortAge(decision.createdAt, now)}
          </time>
          <span className={classes.excerpt} dir="auto">
            <BlurredText text={decision.excerpt} hidden={decision.hidden} />
          </span>
        </li>
      ))}
    </ol>
  );
}
