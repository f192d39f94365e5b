import { Button, Skeleton } from '@mantine/core';
import classes from './sections.module.css';

interface Props {
  /** The content, as the subject of the error message: "The exceptions". */
  what: string;
  error: Error | null;
  isFetching: boolean;
  onRetry: () => void;
}

/** Shown while content is loading or could not be loaded. */
export function LoadState({ what, error, isFetching, onRetry }: Props) {
  if (!error)
    return (
      <div className={classes.waiting}>
        <Skeleton height={14} width="70%" />
        <Skeleton height={14} width="50%" />
        <Skeleton height={14} width="60%" />
      </div>
    );
  return (
    <div className={classes.failed} role="alert">
      <p>
        {what} could not be loaded. {error.message}
      </p>
      <Button size="xs" loading={isFetching} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
