import {
  Bar,
  BarChart,
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { AXIS, ChartFigure, COLORS, Tip } from '../charts/chart-figure.js';
import { clockHour, duration, intervalText, percent } from '../charts/chart-labels.js';
import type { Calibration, Quality } from '../api-types.js';

const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const formatDay = (day: string): string => dayFormat.format(Date.parse(day));
const MARGIN = { top: 6, right: 8, bottom: 0, left: -12 };

/** The outcomes of comments, per day. */
export function DaysChart({ days }: { days: Quality['perDay'] }) {
  const outcomes = ['published', 'held', 'rejected'] as const;
  return (
    <ChartFigure
      title="Outcomes of texts"
      unit="texts a day"
      series={outcomes.map((name) => ({ name, color: COLORS[name] }))}
      columnHeadings={['Day', 'Published', 'Held', 'Rejected']}
      rows={[...days]
        .reverse()
        .map(({ day, ...counts }) => [
          formatDay(day),
          ...outcomes.map((name) => counts[name].toLocaleString()),
        ])}
      height={190}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={days} accessibilityLayer={false} margin={MARGIN} barCategoryGap="12%">
          <CartesianGrid vertical={false} stroke={COLORS.grid} />
          <XAxis dataKey="day" tickFormatter={formatDay} minTickGap={28} {...AXIS} />
          <YAxis allowDecimals={false} tickCount={5} {...AXIS} />
          <Tooltip
            cursor={{ fill: 'var(--pb-wash-strong)' }}
            isAnimationActive={false}
            content={({ active, payload, label }) =>
              active ? (
                <Tip
                  title={formatDay(String(label))}
                  lines={payload.map(
                    ({ name, value }) => `${String(name)}: ${Number(value).toLocaleString()}`,
                  )}
                />
              ) : null
            }
          />
          {outcomes.map((name) => (
            <Bar
              key={name}
              dataKey={name}
              stackId="day"
              fill={COLORS[name]}
              stroke="var(--pb-paper)"
              strokeWidth={0.75}
              maxBarSize={36}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

const TICK_NAMES = new Map([
  [10, '10 s'],
  [60, '1 min'],
  [600, '10 min'],
  [3_600, '1 h'],
  [21_600, '6 h'],
  [86_400, '1 d'],
  [604_800, '7 d'],
]);
const TICKS = [...TICK_NAMES.keys()];

/**
 * The time to a decision, by hour of the day. Times span several orders of magnitude, so the scale is logarithmic.
 */
export function HoursChart({ hours, waited }: { hours: Quality['hours']; waited: Quality['waited'] }) {
  const longest = Math.max(60, ...hours.map(({ p95 }) => p95 ?? 0));
  const top = TICKS.find((tick) => tick >= longest) ?? longest;
  const title =
    waited.p50 === null || waited.p95 === null
      ? 'Nobody decided anything in this period'
      : `Half within ${duration(waited.p50)}, all but one in twenty within ${duration(waited.p95)}`;
  return (
    <ChartFigure
      title={title}
      unit={`${waited.decisions.toLocaleString()} decisions, by the hour of the day`}
      series={[
        { name: 'half are decided within', color: COLORS.line, shape: 'line' },
        { name: '95 % within', color: COLORS.ink, shape: 'dash' },
      ]}
      columnHeadings={['Hour', 'Decisions', 'Half within', '95 % within']}
      rows={hours.map(({ hour, decisions, p50, p95 }) => [
        clockHour(hour),
        decisions.toLocaleString(),
        p50 === null ? '–' : duration(p50),
        p95 === null ? '–' : duration(p95),
      ])}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={hours} accessibilityLayer={false} margin={{ ...MARGIN, left: 0 }}>
          <CartesianGrid vertical={false} stroke={COLORS.grid} />
          <XAxis dataKey="hour" tickFormatter={clockHour} interval={2} {...AXIS} />
          <YAxis
            scale="log"
            domain={[1, top]}
            ticks={TICKS.filter((tick) => tick <= top)}
            tickFormatter={(tick: number) => TICK_NAMES.get(tick) ?? duration(tick)}
            allowDataOverflow
            {...AXIS}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: COLORS.ink }}
            content={({ active, label }) => {
              const hourFigures = hours.find(({ hour }) => hour === Number(label));
              if (!active || !hourFigures || hourFigures.p50 === null || hourFigures.p95 === null)
                return null;
              return (
                <Tip
                  title={clockHour(hourFigures.hour)}
                  lines={[
                    `half within ${duration(hourFigures.p50)}`,
                    `95 % within ${duration(hourFigures.p95)}`,
                    `${hourFigures.decisions.toLocaleString()} decisions`,
                  ]}
                />
              );
            }}
          />
          <Line
            dataKey="p95"
            stroke={COLORS.ink}
            strokeWidth={1.5}
            strokeDasharray="5 4"
            dot={{ r: 2, strokeDasharray: '0' }}
            isAnimationActive={false}
          />
          <Line
            dataKey="p50"
            stroke={COLORS.line}
            strokeWidth={2}
            dot={{ r: 2.5, fill: COLORS.line }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

/** On a scale of log odds, low scores do not crowd together: most comments have them, and so have default thresholds. */
const logOdds = (score: number): number => {
  const p = Math.min(0.99, Math.max(0.004, score));
  return Math.log(p / (1 - p));
};
const SCORE_TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 0.95];
const SCORE_OF_TICK = new Map(SCORE_TICKS.map((score) => [logOdds(score), score]));

/** The share of texts that moderators reject, by score, with intervals; a line marks each threshold. */
export function CalibrationChart({ calibration, name }: { calibration: Calibration; name: string }) {
  const points = calibration.bins.flatMap(({ from, to, refused }) =>
    refused.value === null || refused.low === null || refused.high === null
      ? []
      : [
          {
            x: logOdds((from + to) / 2),
            from,
            refused: refused.value,
            interval: [refused.value - refused.low, refused.high - refused.value],
          },
        ],
  );
  const [hold, reject] = calibration.suggestions.map(({ current }) => current);
  const binText = (from: number, to: number) => `${from}–${to}`;
  return (
    <ChartFigure
      title={`Of texts with such a score for ${name.toLowerCase()}, how many people refuse`}
      unit="share of texts by score"
      series={[
        { name: 'refused, with its range', color: COLORS.line },
        ...(hold == null ? [] : [{ name: `held from ${hold}`, color: COLORS.held, shape: 'line' as const }]),
        ...(reject == null
          ? []
          : [{ name: `rejected from ${reject}`, color: COLORS.rejected, shape: 'dash' as const }]),
      ]}
      columnHeadings={['Score', 'Refused', 'Range and number']}
      rows={calibration.bins.map(({ from, to, refused }) => [
        binText(from, to),
        refused.value === null ? '–' : percent(refused.value),
        intervalText(refused),
      ])}
      height={230}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart accessibilityLayer={false} margin={MARGIN}>
          <CartesianGrid stroke={COLORS.grid} />
          <XAxis
            type="number"
            dataKey="x"
            domain={[logOdds(0), logOdds(1)]}
            ticks={[...SCORE_OF_TICK.keys()]}
            tickFormatter={(tick: number) => String(SCORE_OF_TICK.get(tick) ?? '')}
            minTickGap={2}
            {...AXIS}
          />
          <YAxis
            type="number"
            dataKey="refused"
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tickFormatter={percent}
            {...AXIS}
          />
          {hold != null && <ReferenceLine x={logOdds(hold)} stroke={COLORS.held} strokeWidth={2} />}
          {reject != null && (
            <ReferenceLine
              x={logOdds(reject)}
              stroke={COLORS.rejected}
              strokeWidth={2}
              strokeDasharray="5 4"
            />
          )}
          <Tooltip
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as { from: number } | undefined;
              const bin = calibration.bins.find(({ from }) => from === point?.from);
              if (!active || !bin) return null;
              return (
                <Tip
                  title={`Score ${binText(bin.from, bin.to)}`}
                  lines={[`refused ${percent(bin.refused.value ?? 0)}`, intervalText(bin.refused)]}
                />
              );
            }}
          />
          <Scatter data={points} fill={COLORS.line} isAnimationActive={false}>
            <ErrorBar dataKey="interval" direction="y" stroke={COLORS.line} strokeWidth={1.5} width={4} />
          </Scatter>
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
