import { fullTime } from '../shell/format-age.js';
import type { PolicyDifference } from '../api-types.js';
import { overrideText } from './override-labels.js';
import classes from './policy.module.css';

const MAX_SHOWN = 12;

function formatValue(value: unknown): string {
  if (value === null || value === undefined) return 'never set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return overrideText(value, fullTime) ?? JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The differences, one per line; for lists, the entries added and removed. */
export function PolicyDifferences({ items }: { items: readonly PolicyDifference[] }) {
  if (items.length === 0) return <p className={classes.same}>No differences.</p>;
  return (
    <ul className={classes.differences}>
      {items.map(({ pointer, what, before, after, added, removed }) => (
        <li key={pointer}>
          {added && removed ? (
            <>
              <b>{what}</b>:{' '}
              {added.slice(0, MAX_SHOWN).map((entry) => (
                <span key={`+${entry}`} className={classes.added}>
                  {entry}{' '}
                </span>
              ))}
              {removed.slice(0, MAX_SHOWN).map((entry) => (
                <span key={`-${entry}`} className={classes.removed}>
                  {entry}{' '}
                </span>
              ))}
              {added.length + removed.length > 2 * MAX_SHOWN && 'and more'}
              {added.length + removed.length === 0 && 'another order'}
            </>
          ) : (
            <>
              <b>{what}</b>: {formatValue(before)} → {formatValue(after)}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
