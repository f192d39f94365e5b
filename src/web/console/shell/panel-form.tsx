import { Button } from '@mantine/core';
import { useId, type FormEvent, type ReactNode } from 'react';
import type { FormError } from './form-error.js';
import panels from './panels.module.css';

interface PanelFormProps {
  readonly title: string;
  /** The heading level: 3, or 2 directly below the page's heading. */
  readonly level?: 2 | 3;
  /** The label of the submit button. */
  readonly submit: string;
  /** The action cannot be undone. */
  readonly isDestructive?: boolean;
  /** Shown at the end of the form if it concerns the whole form; fields show their own errors. */
  readonly fault: FormError | null;
  readonly isBusy: boolean;
  readonly onSubmit: (event: FormEvent) => Promise<void>;
  /** Omitted if the form cannot be closed. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A form in its own panel. Escape closes it, and errors are shown at its end. */
export function PanelForm({
  title,
  level = 3,
  submit,
  isDestructive = false,
  fault,
  isBusy,
  onSubmit,
  onClose,
  children,
}: PanelFormProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <form
      className={panels.panel}
      aria-labelledby={id}
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose?.()}
    >
      <Heading className={panels.title} id={id}>
        {title}
      </Heading>
      {children}
      {fault?.field === 'form' && (
        <p className={panels.fault} role="alert">
          {fault.text}
        </p>
      )}
      <div className={panels.buttons}>
        <Button size="xs" type="submit" loading={isBusy} {...(isDestructive ? { color: 'rejected' } : {})}>
          {submit}
        </Button>
        {onClose && (
          <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
