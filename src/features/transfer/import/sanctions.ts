import type { ImportedStanding, ReaderRecord, SanctionRecord } from './records.js';

const STRICTEST_FIRST: readonly ImportedStanding[] = [
  'banned',
  'suspended',
  'pre-moderated',
  'warned',
  'normal',
  'trusted',
];

/** Whether the sanction applies to one of the source's imported sites; null groups are all sites. */
const appliesTo = (sanction: SanctionRecord, groups: readonly string[] | null): boolean =>
  sanction.groups === null || groups === null || sanction.groups.some((group) => groups.includes(group));

export interface ImportedSanctions {
  /** The sanction in effect now. */
  readonly current: SanctionRecord | null;
  /** Oldest first. The last entry has the standing in effect now, or is a warning that is no longer in effect. */
  readonly history: readonly SanctionRecord[];
}

/** Determines a reader's sanctions on the imported site. If several apply at once, the strictest wins. */
export function resolveSanctions(
  reader: Pick<ReaderRecord, 'current' | 'history'>,
  groups: readonly string[] | null,
  nowMs: number,
): ImportedSanctions {
  const [current = null] = reader.current
    .filter((each) => appliesTo(each, groups) && (each.until === null || each.until > nowMs))
    .sort((one, other) => STRICTEST_FIRST.indexOf(one.standing) - STRICTEST_FIRST.indexOf(other.standing));
  const history = reader.history.filter((each) => appliesTo(each, groups));
  const lastStanding = history.at(-1)?.standing ?? 'normal';
  const standing = current?.standing ?? 'normal';
  if (lastStanding === standing || (lastStanding === 'warned' && standing === 'normal'))
    return { current, history };
  const sanction = current ?? { standing: 'normal', until: null, reason: null, by: null, groups: null };
  return { current, history: [...history, { ...sanction, at: nowMs }] };
}
