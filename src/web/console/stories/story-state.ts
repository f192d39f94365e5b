import { fullTime } from '../shell/format-age.js';
import type { ModerationStory } from '../api-types.js';

/** For example "Open until …, strict". */
export function stateText({ state, closesAt, strict }: ModerationStory): string {
  const base = state === 'closed' ? 'Closed' : closesAt ? `Open until ${fullTime(closesAt)}` : 'Open';
  return strict ? `${base} · strict` : base;
}
