import { detectLanguage, unreadLanguage } from '../language/detect-language.js';

/** Only the latest ones are used, because a newsroom's policy changes over time. */
export const MAX_DECISIONS = 100_000;
/** Counted and listed for people. */
export const MAX_LISTED_DECISIONS = 20_000;
/** Texts that nobody decided about. */
export const MAX_UNDECIDED = 1_000;
export const MAX_SUGGESTED = 10_000;
const ENGLISH = 'en';

/** Site models only cover languages that the shipped model supports. */
export const isSupportedByModel = (text: string): boolean =>
  unreadLanguage(text, detectLanguage(text), [ENGLISH]) === null;
