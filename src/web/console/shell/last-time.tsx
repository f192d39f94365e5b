import type { ReactNode } from 'react';
import { fullTime, shortAge } from './format-age.js';

interface Props {
  /** Null: it has never happened. */
  readonly at: string | null;
  readonly now: number;
  /** Shown after the time, for example the result. */
  readonly children?: ReactNode;
}

/** How long ago something last happened, or "None". */
export function LastTime({ at, now, children }: Props) {
  if (at === null) return 'None';
  return (
    <>
      <time dateTime={at} title={fullTime(at)}>
        {shortAge(at, now)}
      </time>
      {children}
    </>
  );
}
