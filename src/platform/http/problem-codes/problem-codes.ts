import { MODERATION_PROBLEMS } from './moderation-problems.js';
import type { ProblemDescription } from './problem-description.js';
import { PUBLISHER_PROBLEMS } from './publisher-problems.js';
import { READER_PROBLEMS } from './reader-problems.js';
import { REQUEST_PROBLEMS } from './request-problems.js';
import { STAFF_PROBLEMS } from './staff-problems.js';

/** A group of problem codes, in the order of the pages that list them. */
interface ProblemGroup {
  readonly title: string;
  readonly problems: Readonly<Record<string, ProblemDescription>>;
}

export const PROBLEM_GROUPS: readonly ProblemGroup[] = [
  { title: 'Every route', problems: REQUEST_PROBLEMS },
  { title: 'Readers and comments', problems: READER_PROBLEMS },
  { title: 'Publishers', problems: PUBLISHER_PROBLEMS },
  { title: 'Moderation', problems: MODERATION_PROBLEMS },
  { title: 'Staff accounts', problems: STAFF_PROBLEMS },
];

/**
 * Every `code` that a problem of the API can have. `Problem` accepts no other, so that each code has a page that its
 * `type` leads to. Codes of all features are described here, so that the platform can render the pages.
 */
export const PROBLEM_CODES = {
  ...REQUEST_PROBLEMS,
  ...READER_PROBLEMS,
  ...PUBLISHER_PROBLEMS,
  ...MODERATION_PROBLEMS,
  ...STAFF_PROBLEMS,
} as const satisfies Readonly<Record<string, ProblemDescription>>;

export type ProblemCode = keyof typeof PROBLEM_CODES;
