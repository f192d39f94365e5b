import { detectLanguage, unreadLanguage } from '../language/detect-language.js';

/** The latest; a newsroom's line moves. */
export const MAX_DECISIONS = 20_000;
export const MAX_SUGGESTED = 10_000;
const ENGLISH = 'en';

/** Heads are for what the shipped model reads. */
export const isReadByModel = (text: string): boolean =>
  unreadLanguage(text, detectLanguage(text), [ENGLISH]) === null;
