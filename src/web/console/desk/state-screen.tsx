import { Button, EmptyState, Loader } from '@mantine/core';
import { Compass, Inbox, Unplug } from 'lucide-react';
import { hrefOf, Link } from '../router.js';
import classes from './state-screen.module.css';

type Props =
  | { kind: 'loading' | 'nowhere' | 'no-sites'; onRetry?: undefined }
  | { kind: 'unreachable'; onRetry: () => void };

/** The whole window, when there is no desk to show yet. */
export function StateScreen({ kind, onRetry }: Props) {
  return (
    <main className={classes.screen}>
      {kind === 'loading' && (
        <div className={classes.late} role="status">
          <Loader size="sm" type="dots" color="var(--pb-ink-soft)" aria-hidden />
          <span className={classes.words}>Opening the desk…</span>
        </div>
      )}
      {kind === 'unreachable' && (
        <EmptyState
          icon={<Unplug size={28} strokeWidth={1.5} aria-hidden />}
          title="The server does not answer"
          description="Your decisions up to here are saved. Check the connection, then try again."
        >
          <Button onClick={onRetry}>Try again</Button>
        </EmptyState>
      )}
      {kind === 'nowhere' && (
        <EmptyState
          icon={<Compass size={28} strokeWidth={1.5} aria-hidden />}
          title="There is no screen at this address"
          description="The link may be from another version of the console."
        >
          <Button component={Link} href={hrefOf('/')}>
            Go to the queue
          </Button>
        </EmptyState>
      )}
      {kind === 'no-sites' && (
        <EmptyState
          icon={<Inbox size={28} strokeWidth={1.5} aria-hidden />}
          title="No site is yours to moderate yet"
          description="The owner of a site gives you a role there; then its queue opens here."
        />
      )}
    </main>
  );
}
