import type { ImportedStanding, ReaderRecord, SanctionRecord } from './records.js';

const STRICTEST_FIRST: readonly ImportedStanding[] = [
  'banned',
  'suspended',
  'pre-moderated',
  'warned',
  'normal',
];

/** Whether it holds for one of the source's sites that are imported; `groups` null: for all of them. */
const appliesTo = (sanction: SanctionRecord, groups: readonly string[] | null): boolean =>
  sanction.groups === null || groups === null || sanction.groups.some((group) => groups.includes(group));

export interface ImportedSanctions {
  /** What holds now. */
  readonly current: SanctionRecord | null;
  /** The oldest first; the last one is what holds now. */
  readonly history: readonly SanctionRecord[];
}

/** A reader's sanctions on the site that is imported: of several at once the strictest holds. */
export function resolveSanctions(
  reader: Pick<ReaderRecord, 'current' | 'history'>,
  groups: readonly string[] | null,
  nowMs: number,
): ImportedSanctions {
  const [current = null] = reader.current
    .filter((each) => appliesTo(each, groups) && (each.until === null || each.until > nowMs))
    .sort((one, other) => STRICTEST_FIRST.indexOf(one.standing) - STRICTEST_FIRST.indexOf(other.standing));
  const history = reader.history.filter((each) => appliesTo(each, groups));
  const last = history.at(-1)?.standing ?? 'normal';
  const holds = current?.standing ?? 'normal';
  if (last === holds || (last === 'warned' && holds === 'normal')) return { current, history };
  const said = current ?? { standing: 'normal', until: null, reason: null, by: null, groups: null };
  return { current, history: [...history, { ...said, at: nowMs }] };
}
