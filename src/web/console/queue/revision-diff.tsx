import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import type { CommentDetail } from '../api-types.js';
import { CommentBody } from './comment-body.js';
import classes from './context-panel.module.css';

type Revision = Pick<CommentDetail['revisions'][number], 'body' | 'hidden'>;

interface Part {
  kind: 'added' | 'removed' | 'unchanged';
  text: string;
  /** Hidden ranges of the revision that this part belongs to, as offsets within the part. */
  hidden: (readonly [number, number])[];
}

/** What an edit removed and added, in text order. */
export function RevisionDiff(props: {
  before: Revision;
  after: Revision;
  isRevealed: boolean;
  onReveal: () => void;
}) {
  const { before, after, isRevealed, onReveal } = props;
  const parts = useMemo(() => partsOf(before, after), [before, after]);
  return (
    <p className={classes.parentBody} dir="auto">
      {parts.map(({ kind, text, hidden }, i) => {
        const body = <CommentBody body={text} hidden={hidden} isRevealed={isRevealed} onReveal={onReveal} />;
        return kind === 'added' ? (
          <ins key={i} className={classes.added}>
            {body}
          </ins>
        ) : kind === 'removed' ? (
          <del key={i} className={classes.removed}>
            {body}
          </del>
        ) : (
          <span key={i}>{body}</span>
        );
      })}
    </p>
  );
}

function partsOf(before: Revision, after: Revision): Part[] {
  let [beforeOffset, afterOffset] = [0, 0];
  return diffWordsWithSpace(before.body, after.body).map(({ added, removed, value }) => {
    const [revision, offset] = removed ? [before, beforeOffset] : [after, afterOffset];
    if (!added) beforeOffset += value.length;
    if (!removed) afterOffset += value.length;
    return {
      kind: added ? 'added' : removed ? 'removed' : 'unchanged',
      text: value,
      hidden: revision.hidden
        .map(([start, end]) => [Math.max(0, start - offset), Math.min(value.length, end - offset)] as const)
        .filter(([start, end]) => start < end),
    };
  });
}
