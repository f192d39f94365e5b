import { Button, Skeleton } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { ProblemError } from '../api.js';
import { useConsole } from './console-context.js';
import { Frame, type PageKey } from './frame.js';
import { HelpModal, type KeyGroup } from './help-modal.js';
import { useKeys, type KeyMap } from './keys.js';
import classes from './page.module.css';
import { navigationKeys } from './navigation.js';

interface PageProps {
  place: PageKey;
  title: string;
  description: ReactNode;
  actions?: ReactNode;
  keys?: KeyMap;
  /** Descriptions of the page's keys, for the help dialog. */
  help?: KeyGroup['keys'];
  children: ReactNode;
}

/** A page other than the queue: its title, its purpose, and the navigation keys. */
export function Page({ place, title, description, actions, keys, help, children }: PageProps) {
  const { site } = useConsole();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useEffect(() => {
    document.title = `${title} · ${site.name} · Postbag`;
  }, [title, site.name]);
  useKeys({ ...navigationKeys(site), '?': () => setHelpOpen(true), ...keys });
  return (
    <Frame active={place} onHelp={() => setHelpOpen(true)}>
      <main className={classes.page}>
        <div className={classes.column}>
          <header className={classes.head}>
            <div>
              <h1>{title}</h1>
              <p>{description}</p>
            </div>
            {actions && <div className={classes.actions}>{actions}</div>}
          </header>
          {children}
        </div>
      </main>
      <HelpModal
        opened={isHelpOpen}
        onClose={() => setHelpOpen(false)}
        {...(help?.length && { groups: [{ title, keys: help }] })}
      />
    </Frame>
  );
}

/** An error message: the server's own if there is one. */
export const errorText = (error: unknown, fallback: string): string =>
  error instanceof ProblemError ? error.message : fallback;

/** Shown instead of content that could not be loaded. */
export function Failed({ error, what, onRetry }: { error: unknown; what: string; onRetry: () => void }) {
  return (
    <div className={classes.note} data-state="wrong" role="alert">
      <span>{errorText(error, `${what} could not be read: the server does not answer.`)}</span>
      <Button size="xs" variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

export function LoadingRows({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={16} mb="sm" />
      ))}
    </div>
  );
}
