import type { QueueFilter, QueueState } from '../wire.js';
import { languageName } from '../desk/languages.js';
import { QUEUE_NAMES } from './choices.js';

export const FILTER_NAMES = [
  'section',
  'story',
  'topic',
  'tier',
  'language',
  'rule',
  'readers',
  'standing',
  'older',
  'younger',
  'opinion',
] as const satisfies readonly (keyof QueueFilter)[];

export type FilterName = (typeof FILTER_NAMES)[number];

/** The filter that an address names; what it does not know is left behind. */
export function readFilter(params: URLSearchParams): QueueFilter {
  const filter: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/** The same filter gives the same text, whatever its order was. */
export function filterText(filter: QueueFilter): string {
  const params = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = filter[name];
    if (value) params.set(name, value);
  }
  return params.toString();
}

const AGES: Readonly<Record<string, string>> = { m: 'min', h: 'h', d: 'd' };
const ageWords = (age: string): string => `${age.slice(0, -1)} ${AGES[age.slice(-1)] ?? ''}`.trim();

/** A rule's key as words: `score-insult` is "insult score". */
export function ruleName(key: string): string {
  const score = /^score-(.+)$/.exec(key);
  return (score ? `${score[1]} score` : key).replaceAll('-', ' ');
}

/** One member of a filter, as it stands in a sentence. */
export function filterWords(name: FilterName, value: string): string {
  switch (name) {
    case 'section':
      return `in ${value}`;
    case 'story':
      return `story ${value}`;
    case 'topic':
      return `topic ${value}`;
    case 'tier':
      return `tier ${value}`;
    case 'language':
      return languageName(value);
    case 'rule':
      return `rule ${ruleName(value)}`;
    case 'readers':
      return value === 'new' ? 'new readers' : 'known readers';
    case 'standing':
      return `${value} readers`;
    case 'older':
      return `waits over ${ageWords(value)}`;
    case 'younger':
      return `waits under ${ageWords(value)}`;
    case 'opinion':
      return 'second opinion wanted';
  }
}

/** The whole list as a sentence: "Held · in Sport · new readers". */
export function queueSentence(state: QueueState, filter: QueueFilter): string {
  const parts = FILTER_NAMES.flatMap((name) => {
    const value = filter[name];
    return value ? [filterWords(name, value)] : [];
  });
  return [QUEUE_NAMES[state], ...parts].join(' · ');
}

/** How a queue stands to its target: from three quarters of it amber, from all of it red. */
export function targetReach(
  oldest: string | null,
  targetMinutes: number | null,
  now: number,
): 'near' | 'over' | null {
  if (oldest === null || targetMinutes === null) return null;
  const share = (now - Date.parse(oldest)) / (targetMinutes * 60_000);
  return share >= 1 ? 'over' : share >= 0.75 ? 'near' : null;
}
