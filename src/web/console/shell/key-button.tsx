import { Button, Kbd, type ButtonProps } from '@mantine/core';
import type { ButtonHTMLAttributes } from 'react';
import classes from './key-button.module.css';

type Props = ButtonProps &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** As `useKeys` names it. */
    shortcut: string;
  };

/** A button that shows its key, and flashes when the key is pressed. */
export function KeyButton({ shortcut, children, ...props }: Props) {
  return (
    <Button
      variant="default"
      data-key={shortcut}
      aria-keyshortcuts={shortcut.toUpperCase()}
      rightSection={<KeyCap>{shortcut}</KeyCap>}
      {...props}
    >
      {children}
    </Button>
  );
}

/** A key as it is printed; not read out where the control says it by aria-keyshortcuts. */
export function KeyCap({ children, isRead = false }: { children: string; isRead?: boolean }) {
  return (
    <Kbd aria-hidden={!isRead || undefined} size="xs" className={classes.cap}>
      {children.length === 1 ? children.toUpperCase() : children}
    </Kbd>
  );
}
