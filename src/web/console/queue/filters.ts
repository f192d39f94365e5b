import type { QueueFilter, QueueSort, QueueState } from '../api-types.js';
import { languageName } from '../shell/languages.js';
import { isDecidedState, QUEUE_LABELS } from './decision-options.js';

export type FilterName = keyof QueueFilter;

/** One member of a filter, as it stands in a sentence. */
const WORDS: Readonly<Record<FilterName, (value: string) => string>> = {
  section: (value) => `in ${value}`,
  story: (value) => `story ${value}`,
  topic: (value) => `topic ${value}`,
  tier: (value) => `tier ${value}`,
  language: (value) => languageName(value),
  rule: (value) => `rule ${ruleName(value)}`,
  readers: (value) => (value === 'new' ? 'new readers' : 'known readers'),
  standing: (value) => `${value} readers`,
  older: (value) => `waits over ${ageWords(value)}`,
  younger: (value) => `waits under ${ageWords(value)}`,
  opinion: () => 'second opinion wanted',
};

/** In the order in which they are told. */
export const FILTER_KEYS = Object.keys(WORDS) as FilterName[];

export const filterLabel = (name: FilterName, value: string): string => WORDS[name](value);

/** The filter that an address names; what it does not know is left behind. */
export function readFilter(params: URLSearchParams): QueueFilter {
  const filter: Record<string, string> = {};
  for (const name of FILTER_KEYS) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/** The same filter gives the same text, whatever its order was. */
export function filterText(filter: QueueFilter): string {
  const params = new URLSearchParams();
  for (const name of FILTER_KEYS) {
    const value = filter[name];
    if (value) params.set(name, value);
  }
  return params.toString();
}

/** The order of a list whose address names none. */
export const defaultSort = (queue: QueueState): QueueSort => (isDecidedState(queue) ? 'newest' : 'risk');

/** A list as the address names it; what is usual is left out. */
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

const AGES: Readonly<Record<string, string>> = { m: 'min', h: 'h', d: 'd' };
const ageWords = (age: string): string => `${age.slice(0, -1)} ${AGES[age.slice(-1)] ?? ''}`.trim();

/** A rule's key as words: `score-insult` is "insult score". */
export function ruleName(key: string): string {
  const score = /^score-(.+)$/.exec(key);
  return (score ? `${score[1]} score` : key).replaceAll('-', ' ');
}

/** The whole list as a sentence: "Held · in Sport · new readers". */
export function queueSentence(state: QueueState, filter: QueueFilter): string {
  const parts = FILTER_KEYS.flatMap((name) => {
    const value = filter[name];
    return value ? [filterLabel(name, value)] : [];
  });
  return [QUEUE_LABELS[state], ...parts].join(' · ');
}

/** How a queue stands to its target: from three quarters of it amber, from all of it red. */
export function targetStatus(
  oldest: string | null,
  targetMinutes: number | null,
  now: number,
): 'near' | 'over' | null {
  if (oldest === null || targetMinutes === null) return null;
  const share = (now - Date.parse(oldest)) / (targetMinutes * 60_000);
  return share >= 1 ? 'over' : share >= 0.75 ? 'near' : null;
}
