import { Button, EmptyState, Loader } from '@mantine/core';
import { Compass, Inbox, Unplug, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
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
        <Words
          icon={Unplug}
          title="The server does not answer"
          text="Your decisions up to here are saved. Check the connection, then try again."
        >
          <Button onClick={onRetry}>Try again</Button>
        </Words>
      )}
      {kind === 'nowhere' && (
        <Words
          icon={Compass}
          title="There is no screen at this address"
          text="The link may be from another version of the console."
        >
          <Button component={Link} href={hrefOf('/')}>
            Go to the queue
          </Button>
        </Words>
      )}
      {kind === 'no-sites' && (
        <Words
          icon={Inbox}
          title="No site is yours to moderate yet"
          text="The owner of a site gives you a role there; then its queue opens here."
        />
      )}
    </main>
  );
}

function Words(props: { icon: LucideIcon; title: string; text: string; children?: ReactNode }) {
  const Icon = props.icon;
  return (
    <EmptyState>
      <EmptyState.Indicator>
        <Icon size={28} strokeWidth={1.5} aria-hidden />
      </EmptyState.Indicator>
      <EmptyState.Title order={1}>{props.title}</EmptyState.Title>
      <EmptyState.Description>{props.text}</EmptyState.Description>
      {props.children && <EmptyState.Actions>{props.children}</EmptyState.Actions>}
    </EmptyState>
  );
}
