import type { ReactNode } from 'react';
import classes from './sections.module.css';

interface Props {
  title: string;
  text: ReactNode;
  /** The section's actions. */
  children?: ReactNode;
}

/** A section's header: a one-sentence description and the main action. */
export function SectionHeader({ title, text, children }: Props) {
  return (
    <header className={classes.head}>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </header>
  );
}
