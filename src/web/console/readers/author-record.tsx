import type { AuthorView, Standing } from '../api-types.js';
import classes from './author-record.module.css';

const OUTCOMES = ['published', 'held', 'rejected', 'removed', 'flagged'] as const;

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
        {OUTCOMES.map((key) => (
          <div key={key} data-none={history[key] === 0 || undefined}>
            <dt>{key}</dt>
            <dd>{history[key].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const STANDING_LABELS: Readonly<Record<Standing, string>> = {
  normal: '',
  warned: 'Warned',
  suspended: 'Suspended',
  banned: 'Banned',
  'pre-moderated': 'Pre-moderated',
  trusted: 'Trusted',
};

/** A label for a standing other than the normal one; nothing for the normal one. */
export function SanctionMark({ standing }: { standing: Standing }) {
  const label = STANDING_LABELS[standing];
  if (!label) return null;
  return (
    <span className={classes.standing} data-standing={standing}>
      {label}
    </span>
  );
}
