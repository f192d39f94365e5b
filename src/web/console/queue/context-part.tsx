import type { ReactNode } from 'react';
import classes from './context-panel.module.css';

/** A titled part of the context panel. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
