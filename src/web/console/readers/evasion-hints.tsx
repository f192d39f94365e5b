import { Button } from '@mantine/core';
import { longAge } from '../shell/format-age.js';
import { useNow } from '../shell/use-now.js';
import { Link } from '../router.js';
import type { EvasionHint } from '../api-types.js';
import classes from './evasion-hints.module.css';

const REASON_TEXTS = {
  email: 'the same mailbox',
  name: 'a name that looks the same',
  text: 'the same longer text',
} as const;

interface Props {
  hints: readonly EvasionHint[];
  hrefOfReader: (id: string) => string;
  isBusy?: boolean;
  /** Called with the id of the other reader; omitted if this moderator may not link accounts. */
  onJoin?: ((id: string) => void) | undefined;
}

/** Sanctioned readers that this reader may be, and why. Renders nothing without hints. */
export function EvasionHints({ hints, hrefOfReader, isBusy = false, onJoin }: Props) {
  const now = useNow();
  if (hints.length === 0) return null;
  return (
    <section className={classes.hints} aria-label="May be a sanctioned reader">
      {hints.map(({ reader, why, sanction, sanctionedAt, cameAfter }) => (
        <div className={classes.hint} key={reader.id}>
          <p>
            May be <Link href={hrefOfReader(reader.id)}>{reader.name}</Link>, {sanction}{' '}
            {longAge(sanctionedAt, now)} ago
            {cameAfter && ', before this account came'}:{' '}
            {why.map((reason) => REASON_TEXTS[reason]).join(', ')}.
          </p>
          {onJoin && (
            <Button size="compact-xs" variant="default" disabled={isBusy} onClick={() => onJoin(reader.id)}>
              It is the same person
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}
