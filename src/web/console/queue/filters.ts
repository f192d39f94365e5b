import type { QueueFilter, QueueSort, QueueState, SuggestedUse } from '../api-types.js';
import { languageName } from '../shell/languages.js';
import { isDecidedState, QUEUE_LABELS } from './decision-options.js';
import { ruleName } from '../shell/rule-name.js';

/** Names of the lists of comments that editors may want to use. */
export const SUGGESTION_LABELS: Readonly<Record<SuggestedUse, string>> = {
  pick: 'Suggested picks',
  question: 'Questions',
  newsroom: 'Corrections, tips',
};

export type FilterName = keyof QueueFilter;

/** Describes each filter member as part of a sentence. */
const FILTER_TEXTS: Readonly<Record<FilterName, (value: string) => string>> = {
  section: (value) => `in ${value}`,
  story: (value) => `story ${value}`,
  topic: (value) => `topic ${value}`,
  tier: (value) => `tier ${value}`,
  language: (value) => languageName(value),
  rule: (value) => `rule “${ruleName(value)}”`,
  readers: (value) => (value === 'new' ? 'new readers' : 'known readers'),
  standing: (value) => `${value} readers`,
  older: (value) => `waits over ${ageText(value)}`,
  younger: (value) => `waits under ${ageText(value)}`,
  opinion: () => 'second opinion wanted',
  brigade: () => 'one group of new accounts',
  suggested: (value) =>
    value in SUGGESTION_LABELS ? SUGGESTION_LABELS[value as SuggestedUse].toLowerCase() : value,
};

/** In display order. */
export const FILTER_KEYS = Object.keys(FILTER_TEXTS) as FilterName[];

export const filterLabel = (name: FilterName, value: string): string => FILTER_TEXTS[name](value);

/** Reads the filter from a URL. Unknown parameters are ignored. */
export function readFilter(params: URLSearchParams): QueueFilter {
  const filter: Record<string, string> = {};
  for (const name of FILTER_KEYS) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/** A canonical string of the filter, independent of the order of its members. */
export function filterText(filter: QueueFilter): string {
  const params = new URLSearchParams();
  for (const name of FILTER_KEYS) {
    const value = filter[name];
    if (value) params.set(name, value);
  }
  return params.toString();
}

/** The sort order of a queue whose URL does not name one. */
export const defaultSort = (queue: QueueState): QueueSort => (isDecidedState(queue) ? 'newest' : 'risk');

/** The URL parameters of a list; defaults are omitted. */
export function listParams(list: {
  state: QueueState;
  sort: QueueSort;
  filter: QueueFilter;
}): Record<string, string | null> {
  const { state, sort, filter } = list;
  return {
    state: state === 'held' ? null : state,
    sort: sort === defaultSort(state) ? null : sort,
    ...Object.fromEntries(new URLSearchParams(filterText(filter))),
  };
}

const AGE_UNITS: Readonly<Record<string, string>> = { m: 'min', h: 'h', d: 'd' };
const ageText = (age: string): string => `${age.slice(0, -1)} ${AGE_UNITS[age.slice(-1)] ?? ''}`.trim();

/** Describes the whole list: "Held · in Sport · new readers". */
export function queueSentence(state: QueueState, filter: QueueFilter): string {
  const parts = FILTER_KEYS.flatMap((name) => {
    const value = filter[name];
    return value ? [filterLabel(name, value)] : [];
  });
  return [QUEUE_LABELS[state], ...parts].join(' · ');
}

/** Compares a queue with its target: amber from three quarters of it, red from the full target. */
export function targetStatus(
  oldest: string | null,
  targetMinutes: number | null,
  now: number,
): 'near' | 'over' | null {
  if (oldest === null || targetMinutes === null) return null;
  const share = (now - Date.parse(oldest)) / (targetMinutes * 60_000);
  return share >= 1 ? 'over' : share >= 0.75 ? 'near' : null;
}
