import { detectLanguage, unreadLanguage } from '../language/detect-language.js';

/** Only the latest ones are used, because a newsroom's policy changes over time. */
export const MAX_DECISIONS = 20_000;
export const MAX_SUGGESTED = 10_000;
const ENGLISH = 'en';

/** Site models only cover languages that the shipped model supports. */
export const isSupportedByModel = (text: string): boolean =>
  unreadLanguage(text, detectLanguage(text), [ENGLISH]) === null;
