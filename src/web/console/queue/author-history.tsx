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
const SANCTION_LABELS: Readonly<Record<string, string>> = {
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
    <ol className={classes.timeline} aria-label="Earlier decisions about this author">
      {authorSanctions.map((sanction) => (
        <li key={sanction.id}>
          <span>
            <b>{SANCTION_LABELS[sanction.standing] ?? sanction.standing}</b>
            {sanction.until && ` until ${fullTime(sanction.until)}`} · {sanction.reason}
          </span>
          {time(sanction.createdAt)}
          {sanction.note && <q>{sanction.note}</q>}
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
