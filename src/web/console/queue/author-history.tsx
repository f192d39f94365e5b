import { fullTime, shortAge } from '../shell/format-age.js';
import { useNow } from '../shell/use-now.js';
import type { CommentDetail, Reason } from '../api-types.js';
import classes from './context-panel.module.css';
import { BlurredText } from './blurred-text.js';

const VERBS: Readonly<Record<string, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  remove: 'Removed',
  restore: 'Restored',
  escalate: 'Escalated',
};
const MEASURES: Readonly<Record<string, string>> = {
  warned: 'Warned',
  suspended: 'Suspended',
  banned: 'Banned',
  'pre-moderated': 'Pre-moderated',
  trusted: 'Trusted',
  normal: 'Back to normal',
};

/** The latest decisions of moderators about this author, and their notes. */
export function AuthorHistoryPanel({ detail, reasons }: { detail: CommentDetail; reasons: Reason[] }) {
  const now = useNow();
  const { authorSanctions, authorDecisions } = detail;
  if (authorSanctions.length + authorDecisions.length === 0) return null;
  const time = (iso: string) => (
    <time dateTime={iso} title={fullTime(iso)}>
      {shortAge(iso, now)}
    </time>
  );
  return (
    <ol className={classes.timeline} aria-label="What was decided about this author before">
      {authorSanctions.map((measure) => (
        <li key={measure.id}>
          <span>
            <b>{MEASURES[measure.standing] ?? measure.standing}</b>
            {measure.until && ` until ${fullTime(measure.until)}`} · {measure.reason}
          </span>
          {time(measure.createdAt)}
          {measure.note && <q>{measure.note}</q>}
        </li>
      ))}
      {authorDecisions.map((decision) => (
        <li key={decision.id}>
          <span>
            {VERBS[decision.action] ?? decision.action}
            {decision.reason &&
              ` · ${reasons.find(({ code }) => code === decision.reason)?.label ?? decision.reason}`}
          </span>
          {time(decision.createdAt)}
          <span className={classes.excerpt} dir="auto">
            <BlurredText text={decision.excerpt} hidden={decision.hidden} />
          </span>
          {decision.note && <q>{decision.note}</q>}
        </li>
      ))}
    </ol>
  );
}
