import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { fullTime, shortAge } from '../shell/format-age.js';
import { useNow } from '../shell/use-now.js';
import { BlurredText } from './blurred-text.js';
import { Part } from './context-part.js';
import classes from './context-panel.module.css';

const STATUS_LABELS: Readonly<Record<string, string>> = {
  pending: 'being checked',
  held: 'held',
  published: 'published',
  rejected: 'rejected',
  removed: 'removed',
};

/** Recent comments with nearly the same text. Absent if there are none, which is the usual case. */
export function NearDuplicates({ commentId }: { commentId: string }) {
  const now = useNow();
  const { data } = useQuery({
    queryKey: ['near-duplicates', commentId],
    queryFn: ({ signal }) => api.nearDuplicates(commentId, signal),
    staleTime: 60_000,
    retry: false,
  });
  if (!data || data.count === 0) return null;
  const { count, authors, items } = data;
  return (
    <Part title={`${count.toLocaleString()} like this`}>
      <p className={classes.soft}>
        Nearly the same text in the last 7 days, by {authors === 1 ? 'one reader' : `${authors} readers`}.
      </p>
      <ol className={classes.timeline} aria-label="Comments like this">
        {items.map((item) => (
          <li key={item.commentId}>
            <span>
              <b>{item.author}</b> · {STATUS_LABELS[item.status] ?? item.status}
            </span>
            <time dateTime={item.createdAt} title={fullTime(item.createdAt)}>
              {shortAge(item.createdAt, now)}
            </time>
            <span className={classes.excerpt} dir="auto">
              <BlurredText text={item.excerpt} hidden={item.hidden} />
            </span>
          </li>
        ))}
      </ol>
      {count > items.length && <p className={classes.soft}>The newest {items.length} are shown.</p>}
    </Part>
  );
}
