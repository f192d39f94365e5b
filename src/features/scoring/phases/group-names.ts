import { NATIONS, PROTECTED } from '../lexicon/groups.js';

const plurals = [...PROTECTED, ...NATIONS].filter((word) => word.endsWith('s') || word === 'women');

/** The source of a pattern for groups of people who are attacked for what they are, in the plural, in plain spelling. */
export const GROUP_NAMES = `(?:${plurals.join('|')}|travellers|asylum seekers|(?:${PROTECTED.join('|')}|brown|white|old) people)`;
