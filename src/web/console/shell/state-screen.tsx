import { Button, EmptyState, Loader } from '@mantine/core';
import { Compass, Inbox, Unplug, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { hrefOf, Link } from '../router.js';
import classes from './state-screen.module.css';

type Props =
  { kind: 'loading' | 'not-found'; onRetry?: undefined } | { kind: 'unreachable'; onRetry: () => void };

/** Fills the window while the console or the page cannot be shown. */
export function StateScreen({ kind, onRetry }: Props) {
  return (
    <main className={classes.screen}>
      {kind === 'loading' && (
        <div className={classes.slow} role="status">
          <Loader size="sm" type="dots" color="var(--pb-ink-soft)" aria-hidden />
          <span className={classes.words}>Opening the console…</span>
        </div>
      )}
      {kind === 'unreachable' && (
        <Message
          icon={Unplug}
          title="The server does not answer"
          text="Your decisions so far are saved. Check the connection, then try again."
        >
          <Button onClick={onRetry}>Try again</Button>
        </Message>
      )}
      {kind === 'not-found' && (
        <Message
          icon={Compass}
          title="There is no screen at this address"
          text="The link may be from another version of the console."
        >
          <Button component={Link} href={hrefOf('/')}>
            Go to the queue
          </Button>
        </Message>
      )}
    </main>
  );
}

/**
 * For a signed-in person who has no role on any site and may not create one.
 * @param account the email address to invite
 */
export function NoSites({ account, onSignOut }: { account: string; onSignOut: () => void }) {
  return (
    <main className={classes.screen}>
      <Message
        icon={Inbox}
        title="You do not moderate any site yet"
        text={`Ask an owner or admin of your publication to invite ${account} under Team; its queue then opens here.`}
      >
        <Button variant="default" onClick={onSignOut}>
          Sign out
        </Button>
      </Message>
    </main>
  );
}

function Message(props: { icon: LucideIcon; title: string; text: string; children?: ReactNode }) {
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
