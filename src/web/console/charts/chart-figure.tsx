import type { CSSProperties, ReactNode } from 'react';
import table from '../shell/table.module.css';
import classes from './charts.module.css';

export interface Series {
  readonly name: string;
  readonly color: string;
  readonly shape?: 'box' | 'line' | 'dash';
}

interface Props {
  /** The chart's message, as a sentence. */
  title: string;
  /** The unit of the axis: `comments a day`. */
  unit: string;
  series?: readonly Series[];
  columnHeadings: readonly string[];
  /** The same figures as table cells, for people who do not use the chart. */
  rows: readonly (readonly string[])[];
  height?: number;
  children: ReactNode;
}

/** A chart with its message, its legend and its figures as a table. */
export function ChartFigure({
  title,
  unit,
  series = [],
  columnHeadings,
  rows,
  height = 200,
  children,
}: Props) {
  return (
    <figure className={classes.chart}>
      <figcaption>
        <span>
          <span className={classes.title}>{title}</span> <span className={classes.unit}>{unit}</span>
        </span>
        {series.length > 0 && (
          <ul className={classes.legend}>
            {series.map(({ name, color, shape = 'box' }) => (
              <li key={name}>
                <span
                  className={classes.swatch}
                  data-shape={shape}
                  style={{ '--swatch': color } as CSSProperties}
                  aria-hidden
                />
                {name}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      <div
        className={classes.plot}
        style={{ height }}
        role="img"
        aria-label={`${title}: a chart; its figures are in the table below.`}
      >
        {children}
      </div>
      <details className={classes.details}>
        <summary>The figures as a table</summary>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${title}: the figures`}>
          <table className={`${table.table} ${classes.figures}`}>
            <thead>
              <tr>
                {columnHeadings.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...cells]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {cells.map((text, index) => (
                    <td key={columnHeadings[index + 1]}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The tooltip at the pointer. */
export function Tip({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div className={classes.tip}>
      <b>{title}</b>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}

/** Axis lines use the grid's colour; axis labels use our text colour in both colour schemes. */
export const AXIS = {
  tickLine: false,
  axisLine: false,
  tick: { fill: 'var(--pb-ink-soft)', fontSize: 'var(--pb-text-xs)' },
} as const;

/** Grey is normal. Amber and red are progressively darker, so the order is visible without colour. */
export const COLORS = {
  published: 'color-mix(in oklab, var(--pb-ink) 26%, var(--pb-paper))',
  held: 'var(--pb-held-fill)',
  rejected: 'var(--pb-rejected)',
  line: 'var(--pb-accent)',
  ink: 'var(--pb-ink-soft)',
  grid: 'var(--pb-line)',
} as const;
