import { Button, Kbd, type ButtonProps } from '@mantine/core';
import type { ButtonHTMLAttributes } from 'react';
import classes from './key-button.module.css';

type Props = ButtonProps &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** The key's name, as in `useKeys`. */
    shortcut: string;
  };

/** A button that shows its keyboard shortcut and flashes when the key is pressed. */
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

/** A key cap. Hidden from screen readers where the control has aria-keyshortcuts. */
export function KeyCap({ children, isRead = false }: { children: string; isRead?: boolean }) {
  return (
    <Kbd aria-hidden={!isRead || undefined} size="xs" className={classes.cap}>
      {children.length === 1 ? children.toUpperCase() : children}
    </Kbd>
  );
}
