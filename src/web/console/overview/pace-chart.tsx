import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { AXIS, ChartFigure, COLORS, Tip } from '../charts/chart-figure.js';
import type { Overview } from '../api-types.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const timeOf = (minute: string): string => clock.format(Date.parse(minute));

/** The comments of the last hour, minute by minute. */
export function PaceChart({ minutes, usual }: { minutes: Overview['minutes']; usual: number | null }) {
  const usualPerMinute = usual === null ? null : usual / 60;
  const data = minutes.map(({ minute, comments }) => ({ time: timeOf(minute), comments }));
  return (
    <ChartFigure
      title="Comments a minute"
      unit="the last 60 minutes; the last one is still running"
      series={
        usualPerMinute === null
          ? []
          : [
              { name: 'comments', color: COLORS.line },
              { name: 'usual at this hour', color: COLORS.ink, shape: 'dash' },
            ]
      }
      columnHeadings={['Minute', 'Comments']}
      rows={[...minutes].reverse().map(({ minute, comments }) => [timeOf(minute), comments.toLocaleString()])}
      height={150}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={data}
          accessibilityLayer={false}
          margin={{ top: 4, right: 0, bottom: 0, left: -28 }}
          barCategoryGap={1}
        >
          <CartesianGrid vertical={false} stroke={COLORS.grid} />
          <XAxis dataKey="time" interval={9} {...AXIS} />
          <YAxis allowDecimals={false} domain={[0, 'auto']} tickCount={4} {...AXIS} />
          <Tooltip
            cursor={{ fill: 'var(--pb-wash-strong)' }}
            isAnimationActive={false}
            content={({ active, payload, label }) =>
              active ? (
                <Tip title={String(label)} lines={[`${String(payload[0]?.value ?? 0)} comments`]} />
              ) : null
            }
          />
          {usualPerMinute !== null && (
            <ReferenceLine
              y={usualPerMinute}
              ifOverflow="extendDomain"
              stroke={COLORS.ink}
              strokeDasharray="4 4"
              strokeWidth={1.5}
            />
          )}
          <Bar dataKey="comments" fill={COLORS.line} isAnimationActive={false} radius={[1, 1, 0, 0]} />
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
