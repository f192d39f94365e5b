import type { ReactNode } from 'react';
import { fullTime, shortAge } from './format-age.js';

interface Props {
  /** Null: it never happened. */
  readonly at: string | null;
  readonly now: number;
  /** What came of it. */
  readonly children?: ReactNode;
}

/** How long ago something happened last, or "None". */
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
