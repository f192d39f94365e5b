import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/*
 * Detects passwords that attackers try first: the 49,000 most common leaked ones, keyboard sequences, dates,
 * repetitions, and data of the account, even with digits added or letters replaced by digits and symbols (ASVS 5.0,
 * 6.2.4, 6.2.11 and 6.2.12). No external service is called. The minimum length is validated in `AccountRequest`.
 */

// The library's highest score: at least 10^10 guesses. With the Argon2id settings in use, that many guesses take weeks,
// even for an attacker who has the stored hashes.
const STRONG = 4;
// The library's running time grows with the square of the length, and if the first characters are weak, further ones
// add little strength.
const MAX_CHECKED_CHARS = 64;
/** Shorter parts of a name would match almost any password. */
const MIN_OWN_CHARS = 3;

let estimator: ZxcvbnFactory | undefined;
/** Created on first use because unpacking the lists takes a moment. */
const getEstimator = (): ZxcvbnFactory =>
  (estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MAX_CHECKED_CHARS }));

export type PasswordFault = 'too-common' | 'own-words';

/**
 * Checks whether a password is easy to guess.
 *
 * @param personalWords data of the account, such as its name, its address and the names of its sites
 * @returns `own-words` if only this data makes the password weak; null if it is hard to guess
 */
export function faultOfPassword(password: string, personalWords: readonly string[]): PasswordFault | null {
  const words = personalWords
    .flatMap((text) => [text, text.replace(/[^\p{L}\p{N}]+/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= MIN_OWN_CHARS);
  const checked = password.slice(0, MAX_CHECKED_CHARS);
  if (getEstimator().check(checked, words).score >= STRONG) return null;
  return getEstimator().check(checked).score >= STRONG ? 'own-words' : 'too-common';
}
