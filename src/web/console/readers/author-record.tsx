import type { AuthorView, Standing } from '../api-types.js';
import classes from './author-record.module.css';

const COLUMNS = ['published', 'held', 'rejected', 'removed', 'flagged'] as const;

/** The outcomes of an author's comments: a proportional bar and the counts. */
export function AuthorRecord({ history }: { history: AuthorView['history'] }) {
  const total = history.published + history.rejected + history.removed;
  return (
    <div className={classes.record}>
      {total > 0 && (
        <div className={classes.line} aria-hidden>
          {(['published', 'rejected', 'removed'] as const).map(
            (key) =>
              history[key] > 0 && <span key={key} data-kind={key} style={{ flexGrow: history[key] }} />,
          )}
        </div>
      )}
      <dl className={classes.counts}>
        {COLUMNS.map((key) => (
          <div key={key} data-none={history[key] === 0 || undefined}>
            <dt>{key}</dt>
            <dd>{history[key].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  normal: '',
  warned: 'Warned',
  suspended: 'Suspended',
  banned: 'Banned',
  'pre-moderated': 'Pre-moderated',
  trusted: 'Trusted',
};

/** Marks a standing other than the normal one with a word and a shape. */
export function SanctionMark({ standing }: { standing: Standing }) {
  const words = STANDINGS[standing];
  if (!words) return null;
  return (
    <span className={classes.standing} data-standing={standing}>
      {words}
    </span>
  );
}
