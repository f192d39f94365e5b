import { Button, Skeleton } from '@mantine/core';
import { ProblemError } from '../api.js';
import classes from './queue.page.module.css';

/** A placeholder while a comment is loading. */
export function ItemSkeleton() {
  return (
    <div className={classes.waiting} aria-hidden>
      <Skeleton height={12} width="34%" />
      <Skeleton height={14} mt="lg" />
      <Skeleton height={14} mt="sm" width="94%" />
      <Skeleton height={14} mt="sm" width="62%" />
    </div>
  );
}

/** Shown when the list could not be loaded: the error, and what is already saved. */
export function Failed(props: { error: Error; isTrying: boolean; onRetry: () => void }) {
  const refused = props.error instanceof ProblemError ? props.error : null;
  return (
    <section className={classes.failed} role="alert">
      <h1>{refused ? 'The queue could not be opened' : 'The server does not answer'}</h1>
      <p>
        {refused
          ? refused.message
          : 'Your decisions so far are saved. Check the connection; the queue opens as soon as the server is back.'}
      </p>
      {refused?.body.requestId && <p className={classes.request}>Request {refused.body.requestId}</p>}
      <Button loading={props.isTrying} onClick={props.onRetry}>
        Try again
      </Button>
    </section>
  );
}
