import { fullTime, longAge } from '../shell/format-age.js';
import { useNow } from '../shell/use-now.js';
import { BlurredText } from '../queue/blurred-text.js';
import type { ReaderRecord } from '../api-types.js';
import classes from './reader-view.module.css';

interface Line {
  id: string;
  at: string;
  title: string;
  by: string | null;
  text: string | null;
  hidden: readonly (readonly [number, number])[];
  note: string | null;
  readerId: string | null;
}

/** Text written by staff has no hidden words. */
const NO_HIDDEN_WORDS: Line['hidden'] = [];

const SANCTION_LABELS: Readonly<Record<string, string>> = {
  warned: 'Warned',
  suspended: 'Suspended',
  banned: 'Banned',
  'pre-moderated': 'Pre-moderated',
  trusted: 'Trusted',
  normal: 'Back to normal',
};
const VERBS: Readonly<Record<string, string>> = {
  approve: 'Comment approved',
  reject: 'Comment rejected',
  remove: 'Comment removed',
  restore: 'Comment restored',
  escalate: 'Comment escalated',
};

/** Sanctions, notes, messages and moderator decisions in one timeline, newest first. */
export function ReaderHistory({ record }: { record: ReaderRecord }) {
  const now = useNow();
  const lines = linesOf(record);
  if (lines.length === 0)
    return <p className={classes.soft}>No sanction, note, message or decision by a person yet.</p>;
  return (
    <ol className={classes.timeline} role="list">
      {lines.map((line) => (
        <li key={line.id}>
          <span className={classes.meta}>
            <b>{line.title}</b>
            <span>{line.by ?? 'a program'}</span>
            {line.readerId !== null && line.readerId !== record.reader.id && (
              <span>{record.accounts.find(({ id }) => id === line.readerId)?.name ?? 'another account'}</span>
            )}
            <time dateTime={line.at} title={fullTime(line.at)}>
              {longAge(line.at, now)} ago
            </time>
          </span>
          {line.text && (
            <p dir="auto">
              <BlurredText text={line.text} hidden={line.hidden} />
            </p>
          )}
          {line.note && (
            <p dir="auto">
              <span className={classes.soft}>Note:</span> {line.note}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function linesOf({ sanctions, notes, messages, decisions }: ReaderRecord): Line[] {
  return [
    ...sanctions.map((each) => ({
      ...each,
      title: `${SANCTION_LABELS[each.standing] ?? each.standing}${each.until ? ` until ${fullTime(each.until)}` : ''}`,
      text: each.reason,
      hidden: NO_HIDDEN_WORDS,
    })),
    ...notes.map((each) => ({ ...each, title: 'Note', note: null, hidden: NO_HIDDEN_WORDS })),
    ...messages.map((each) => ({
      ...each,
      title: 'Message to the reader',
      note: null,
      hidden: NO_HIDDEN_WORDS,
    })),
    ...decisions.map((each) => ({
      ...each,
      title: VERBS[each.action] ?? each.action,
      text: each.excerpt,
      readerId: null,
    })),
  ]
    .map(({ id, createdAt, title, moderator, text, hidden, note, readerId }) => ({
      id,
      at: createdAt,
      title,
      by: moderator?.name ?? null,
      text,
      hidden,
      note,
      readerId,
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
