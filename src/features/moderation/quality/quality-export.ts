import type { CalibrationAnswer, EstimateAnswer, QualityAnswer } from './quality.dto.js';

type Line = readonly [
  part: string,
  key: string,
  figure: string,
  value: string | number | null,
  low?: number | null,
  high?: number | null,
  count?: number,
  of?: number,
];

const CSV_HEADER = ['part', 'key', 'figure', 'value', 'low', 'high', 'count', 'of'];

const line = (part: string, key: string, figure: string, found: EstimateAnswer): Line => [
  part,
  key,
  figure,
  found.value,
  found.low,
  found.high,
  found.count,
  found.of,
];

/**
 * Writes one figure per line as CSV (RFC 4180): `part,key,figure,value,low,high,count,of`.
 *
 * @param labels the calibrations of the labels
 */
export function qualityCsv(quality: QualityAnswer, labels: readonly CalibrationAnswer[]): string {
  const lines: Line[] = [
    ['window', '', 'since', quality.since],
    ['window', '', 'until', quality.until],
    ['window', '', 'zone', quality.zone],
    line('site', '', 'automatic', quality.automatic),
    line('site', '', 'falseHolds', quality.falseHolds),
    line('sample', 'published', 'wrong', quality.sample.published.wrong),
    ['sample', 'published', 'population', quality.sample.published.population],
    line('sample', 'rejected', 'wrong', quality.sample.rejected.wrong),
    ['sample', 'rejected', 'population', quality.sample.rejected.population],
    line('appeals', 'rules', 'overturned', quality.appeals.ofRules),
    line('appeals', 'people', 'overturned', quality.appeals.ofPeople),
    ...(['samples', 'opinions'] as const).flatMap((key): Line[] => [
      line('agreement', key, 'agreementRate', quality.agreement[key].agreementRate),
      ['agreement', key, 'kappa', quality.agreement[key].kappa],
    ]),
    ...quality.rules.flatMap((rule): Line[] => [
      ...(['published', 'held', 'rejected'] as const).map((figure): Line => [
        'rule',
        rule.rule,
        figure,
        rule[figure],
      ]),
      ...(['falseHolds', 'falsePasses', 'falseRejections', 'overturned'] as const).map((figure) =>
        line('rule', rule.rule, figure, rule[figure]),
      ),
    ]),
    ...quality.perDay.flatMap((day) =>
      (['published', 'held', 'rejected'] as const).map((figure): Line => [
        'day',
        day.day,
        figure,
        day[figure],
      ]),
    ),
    ...quality.hours.flatMap((hour) =>
      (['decisions', 'p50', 'p95'] as const).map((figure): Line => [
        'hour',
        String(hour.hour),
        figure,
        hour[figure],
      ]),
    ),
    ...labels.flatMap((label): Line[] => [
      ...label.bins.map(({ from, to, refused }) =>
        line('calibration', label.label, `refused ${from}-${to}`, refused),
      ),
      ...label.suggestions.map(({ kind, state, threshold, error }): Line => {
        const [, , , , low, high, count, of] = line('', '', '', error);
        return ['threshold', label.label, `${kind} (${state})`, threshold, low, high, count, of];
      }),
    ]),
  ];
  return (
    [CSV_HEADER, ...lines]
      .map((cells) => cells.map(cell).join(',') + ','.repeat(8 - cells.length))
      .join('\r\n') + '\r\n'
  );
}

function cell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
