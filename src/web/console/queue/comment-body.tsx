import { VisuallyHidden } from '@mantine/core';
import { useMemo, type CSSProperties } from 'react';
import { labelColor, labelName } from '../shell/score-labels.js';
import type { Score } from '../api-types.js';
import classes from './comment-body.module.css';
import { segmentBody, type Segment } from './body-segments.js';

interface Props {
  body: string;
  scores?: Record<string, Score>;
  /** Slurs and the worst swear words, as reported by the server. */
  hidden?: readonly (readonly [number, number])[];
  /** Tints only this label's spans. */
  only?: string | null;
  /** Whether slurs are shown. */
  isRevealed?: boolean;
  /** Omitted if hidden words cannot be revealed here, as in lists. */
  onReveal?: () => void;
}

const UNSCORED: Record<string, Score> = {};

/** A comment's text with the spans of its scores marked. Slurs are hidden until revealed. */
export function CommentBody({
  body,
  scores = UNSCORED,
  hidden,
  only = null,
  isRevealed = false,
  onReveal,
}: Props) {
  const runs = useMemo(
    () => groupBlurred(segmentBody(body, scores, only, hidden)),
    [body, scores, only, hidden],
  );
  return runs.map((run) => {
    const [first] = run;
    if (!first) return null;
    if (!first.isBlurred || isRevealed) return run.map(renderSegment);
    if (!onReveal) {
      return (
        <span key={first.start}>
          <span className={classes.blurred} aria-hidden>
            {run.map(({ text }) => text)}
          </span>
          <VisuallyHidden> (hidden words) </VisuallyHidden>
        </span>
      );
    }
    return (
      <button
        key={first.start}
        type="button"
        className={classes.reveal}
        onClick={onReveal}
        title="Hidden: click or press S to show"
      >
        <span className={classes.blurred} aria-hidden>
          {run.map(({ text }) => text)}
        </span>
        <VisuallyHidden>Hidden words. Show them</VisuallyHidden>
      </button>
    );
  });
}

function renderSegment(segment: Segment) {
  if (segment.labels.length === 0) return <span key={segment.start}>{segment.text}</span>;
  // Up to three underlines, the label with the highest score closest to the text.
  const colors = segment.labels.slice(0, 3).map(labelColor);
  const style = {
    '--tint': colors[0],
    boxShadow: colors.map((color, i) => `0 ${2 + i * 3}px 0 -${i === 0 ? 0 : 0.5}px ${color}`).join(', '),
  } as CSSProperties;
  return (
    <mark
      key={segment.start}
      className={classes.mark}
      style={style}
      title={segment.labels.map(labelName).join(', ')}
    >
      {segment.text}
    </mark>
  );
}

/** Merges adjacent hidden runs, so that one click reveals them together. */
function groupBlurred(segments: Segment[]): Segment[][] {
  const runs: Segment[][] = [];
  for (const segment of segments) {
    const last = runs.at(-1);
    if (segment.isBlurred && last?.at(-1)?.isBlurred) last.push(segment);
    else runs.push([segment]);
  }
  return runs;
}
