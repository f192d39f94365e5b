import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/*
 * Detects passwords that attackers try first: the 49,000 most common leaked ones, keyboard sequences, dates,
 * repetitions, and data of the account, also with digits added or letters replaced by digits and symbols (ASVS 5.0,
 * 6.2.4, 6.2.11 and 6.2.12). No external service is called. The minimum length is set on the request field.
 */

// The library's highest score: 10^10 guesses or more. With our Argon2id, that takes someone who stole the table
// weeks.
const STRONG = 4;
// The library's running time grows with the square of the length, and a weak start of this length gains little from
// further characters.
const MAX_READ = 64;
/** Shorter parts of a name would match almost any password. */
const MIN_OWN_CHARS = 3;

let estimator: ZxcvbnFactory | undefined;
/** Created on first use because unpacking the lists takes a moment. */
const getEstimator = (): ZxcvbnFactory =>
  (estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MAX_READ }));

export type PasswordFault = 'too-common' | 'own-words';

/**
 * Checks whether a password is easy to guess. Returns null if it is not.
 *
 * @param personalWords data of the account, such as its name, its address and the names of its sites
 * @returns `own-words` if this data makes the password weak
 */
export function faultOfPassword(password: string, personalWords: readonly string[]): PasswordFault | null {
  const words = personalWords
    .flatMap((text) => [text, text.replace(/[^\p{L}\p{N}]+/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= MIN_OWN_CHARS);
  const read = password.slice(0, MAX_READ);
  if (getEstimator().check(read, words).score >= STRONG) return null;
  return getEstimator().check(read).score >= STRONG ? 'own-words' : 'too-common';
}
