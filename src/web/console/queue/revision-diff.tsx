import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import classes from './context-panel.module.css';

/** What an edit took out and put in, in the order of the text. */
export function RevisionDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => diffWordsWithSpace(before, after), [before, after]);
  return (
    <p className={classes.parentBody} dir="auto">
      {parts.map((part, i) =>
        part.added ? (
          <ins key={i} className={classes.added}>
            {part.value}
          </ins>
        ) : part.removed ? (
          <del key={i} className={classes.removed}>
            {part.value}
          </del>
        ) : (
          <span key={i}>{part.value}</span>
        ),
      )}
    </p>
  );
}
