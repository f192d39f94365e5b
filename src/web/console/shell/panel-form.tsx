import { Button } from '@mantine/core';
import { useId, type FormEvent, type ReactNode } from 'react';
import type { FormError } from './form-error.js';
import panels from './panels.module.css';

interface PanelFormProps {
  readonly title: string;
  /** Of its heading: 3, unless it stands right below the page's. */
  readonly level?: 2 | 3;
  /** What the button that sends it says. */
  readonly submit: string;
  /** It takes away what cannot be brought back. */
  readonly isGrave?: boolean;
  /** Shown at its end where it is of the whole form; a field shows its own. */
  readonly fault: FormError | null;
  readonly isBusy: boolean;
  readonly onSubmit: (event: FormEvent) => Promise<void>;
  /** Left out: nothing is left to go back to. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A form in a panel of its own: closes by Escape, and says at its end what went wrong. */
export function PanelForm({
  title,
  level = 3,
  submit,
  isGrave = false,
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
        <Button size="xs" type="submit" loading={isBusy} {...(isGrave ? { color: 'rejected' } : {})}>
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
