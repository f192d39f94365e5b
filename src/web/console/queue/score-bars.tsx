import { VisuallyHidden } from '@mantine/core';
import { labelName } from '../shell/score-labels.js';
import type { Score, Threshold } from '../api-types.js';
import classes from './score-bars.module.css';

interface Props {
  scores: Record<string, Score>;
  thresholds: Record<string, Threshold>;
  withNumbers: boolean;
}

const twoDecimals = (value: number) => value.toFixed(2);
const percent = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;

// Scores below half of their threshold say little. A minimum number of rows is shown regardless.
const MIN_NEARNESS = 0.5;
const MIN_ROWS = 2;

// No policy decides by these, so they come last.
const QUALITY_LABELS = ['argumentQuality', 'onTopic', 'question', 'newsroom'];

/**
 * Thin bars from 0 to 1, with ticks where the policy holds and rejects. The scores that exceed their hold threshold
 * most come first. Without numbers, only scores near their threshold are shown.
 */
export function ScoreBars({ scores, thresholds, withNumbers }: Props) {
  const all = Object.entries(scores)
    .map(([label, { value }]) => ({ label, value, threshold: thresholds[label] }))
    .sort((a, b) => nearness(b) - nearness(a));
  const rows = withNumbers ? all : all.filter((row, i) => i < MIN_ROWS || nearness(row) >= MIN_NEARNESS);
  if (all.length === 0) return <p className={classes.none}>This comment has no scores.</p>;
  return (
    <ul className={classes.bars} data-numbers={withNumbers || undefined}>
      {rows.map(({ label, value, threshold }) => (
        <li key={label} className={classes.row} data-reach={reachedAction(value, threshold)}>
          <VisuallyHidden>{describeScore(label, value, threshold)}</VisuallyHidden>
          <span className={classes.label} aria-hidden>
            {labelName(label)}
          </span>
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} style={{ width: percent(value) }} />
            {threshold && (
              <span className={classes.tick} style={{ insetInlineStart: percent(threshold.hold) }} />
            )}
            {threshold?.reject != null && (
              <span
                className={classes.tick}
                data-kind="reject"
                style={{ insetInlineStart: percent(threshold.reject) }}
              />
            )}
          </span>
          <span className={classes.number} aria-hidden>
            {twoDecimals(value)}
          </span>
        </li>
      ))}
      {rows.length < all.length && (
        <li className={classes.rest}>
          {all.length - rows.length} more,{' '}
          {rows.length === MIN_ROWS ? 'lower still' : 'far from their threshold'}
        </li>
      )}
    </ul>
  );
}

/** The score as a multiple of its hold threshold, by which the bars are sorted. */
function nearness({
  label,
  value,
  threshold,
}: {
  label: string;
  value: number;
  threshold: Threshold | undefined;
}): number {
  if (QUALITY_LABELS.includes(label)) return -1;
  return threshold && threshold.hold > 0 ? value / threshold.hold : value;
}

function reachedAction(value: number, threshold: Threshold | undefined): 'reject' | 'hold' | undefined {
  if (!threshold) return undefined;
  if (threshold.reject != null && value >= threshold.reject) return 'reject';
  return value >= threshold.hold ? 'hold' : undefined;
}

function describeScore(label: string, value: number, threshold: Threshold | undefined): string {
  const parts = [`${labelName(label)} ${twoDecimals(value)}`];
  if (threshold) parts.push(`held from ${twoDecimals(threshold.hold)}`);
  if (threshold?.reject != null) parts.push(`rejected from ${twoDecimals(threshold.reject)}`);
  return parts.join(', ');
}
