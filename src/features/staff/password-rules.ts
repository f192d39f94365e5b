import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/*
 * What is guessed first: the 49,000 passwords that lists of stolen ones begin with, runs along the keyboard, dates,
 * repeats, and what is known of the account; also with figures around them, or spelled with figures and signs (ASVS
 * 5.0, 6.2.4, 6.2.11 and 6.2.12). Nothing is asked of anybody outside. Length is asked for where the field is described.
 */

// The library's highest: 10^10 guesses or more, which our Argon2id makes weeks of work for a thief of the table.
const STRONG = 4;
// Its time grows with the square of the length, and what is weak over this much gains little by a longer tail.
const MAX_READ = 64;
/** A shorter piece of a name would be found in anything. */
const MIN_OWN_CHARS = 3;

let estimator: ZxcvbnFactory | undefined;
/** Made when it is first asked: the lists take a moment to unpack. */
const getEstimator = (): ZxcvbnFactory =>
  (estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MAX_READ }));

export type PasswordFault = 'too-common' | 'own-words';

/**
 * Why a password would be guessed soon; null when it would not.
 *
 * @param own what is known of the account, such as its name, its address and the names of its sites
 * @returns `own-words` when it is these that make it weak
 */
export function faultOfPassword(password: string, own: readonly string[]): PasswordFault | null {
  const words = own
    .flatMap((text) => [text, text.replace(/[^\p{L}\p{N}]+/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= MIN_OWN_CHARS);
  const read = password.slice(0, MAX_READ);
  if (getEstimator().check(read, words).score >= STRONG) return null;
  return getEstimator().check(read).score >= STRONG ? 'own-words' : 'too-common';
}
