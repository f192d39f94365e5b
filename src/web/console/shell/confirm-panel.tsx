import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import classes from './panels.module.css';

interface Props {
  title: string;
  text: ReactNode;
  /** The label of the button that performs the action. */
  action: string;
  isDestructive?: boolean;
  onAct: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks for confirmation of an action, inline. */
export function ConfirmPanel({ title, text, action, isDestructive = false, onAct, onClose }: Props) {
  const mutation = useMutation({ mutationFn: onAct });
  return (
    <section
      className={classes.panel}
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.text}>{text}</div>
      {mutation.isError && (
        <p className={classes.fault} role="alert">
          {mutation.error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button
          size="xs"
          autoFocus
          {...(isDestructive ? { color: 'rejected' } : {})}
          loading={mutation.isPending}
          onClick={() => mutation.mutate()}
        >
          {action}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  );
}
