import type { ReactNode } from 'react';
import classes from './sections.module.css';

interface Props {
  title: string;
  text: ReactNode;
  /** What can be done here. */
  children?: ReactNode;
}

/** How each part begins: what it is in a sentence, and the next thing to do. */
export function SectionHeader({ title, text, children }: Props) {
  return (
    <header className={classes.head}>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {children && <div className={classes.acts}>{children}</div>}
    </header>
  );
}
