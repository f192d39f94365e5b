import { createHash } from 'node:crypto';
import unhomoglyph from 'unhomoglyph';

/*
 * MinHash (Broder 1997): the share of equal minima estimates how many shingles two texts have in common
 * (Jaccard). 32 minima of 16 bits: the estimate of .9 is off by .05 on average, and a fingerprint is 145
 * characters long.
 */
const MINIMA = 32;
const SHINGLE_CHARS = 5;
const MULTIPLIERS = Uint32Array.from({ length: MINIMA }, (_, i) => mix(2 * i + 1) | 1);
const SUMMANDS = Uint32Array.from({ length: MINIMA }, (_, i) => mix(0x9e3779b9 ^ i));

const PICTURES = /[\p{Extended_Pictographic}\p{Regional_Indicator}]+/gu;
// Fewer letters say less than the pictures beside them.
const ENOUGH_CHARS = 12;
const TWO_SCRIPTS_IN_ONE =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u;

/**
 * The text as far as it tells two comments apart: letters and digits, folded; one space between words. Where there are
 * words, pictures between them are dress; and so are letters of another script where some stand within a word.
 */
function essence(body: string): string {
  const folded = body
    .normalize('NFKD')
    .replace(/\p{M}+|\p{Cf}+/gu, '')
    .toLowerCase();
  const latin = TWO_SCRIPTS_IN_ONE.test(folded)
    ? folded.replace(/[^\0-\x7f]+/g, (part) => unhomoglyph(part))
    : folded;
  const spaced = (text: string): string =>
    text.replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, ' ').trim();
  const words = spaced(latin.replace(PICTURES, ' '));
  return words.length >= ENOUGH_CHARS ? words : spaced(latin);
}

/**
 * A short text that says how much a comment's text is like another's: a hash of what is left when case, accents,
 * punctuation and spacing are gone, the length of that, and minima over its shingles.
 *
 * @returns `hash:length:minima`; equal texts give equal fingerprints, so it can be looked up by equality
 */
export function fingerprint(body: string): string {
  const text = essence(body);
  const exact = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const minima = new Uint32Array(MINIMA).fill(0xffffffff);
  for (let start = 0; start === 0 || start + SHINGLE_CHARS <= text.length; start++) {
    let hash = 0x811c9dc5;
    const end = Math.min(text.length, start + SHINGLE_CHARS);
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = mix(hash);
    for (let i = 0; i < MINIMA; i++) {
      const value = (Math.imul(hash, MULTIPLIERS[i]) + SUMMANDS[i]) >>> 0;
      if (value < minima[i]) minima[i] = value;
    }
  }
  const packed = Array.from(minima, (value) => (mix(value) & 0xffff).toString(16).padStart(4, '0')).join('');
  return `${exact}:${text.length}:${packed}`;
}

/**
 * How alike two texts are by their fingerprints.
 *
 * @returns 1 for the same text but for case, accents, punctuation and spacing; else an estimate in [0, 1) of the
 * shared part of their five-letter shingles; 0 for what is no fingerprint
 */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const [, , left] = a.split(':');
  const [, , right] = b.split(':');
  if (!left || left.length !== MINIMA * 4 || left.length !== right?.length) return 0;
  let equal = 0;
  for (let at = 0; at < left.length; at += 4) if (left.slice(at, at + 4) === right.slice(at, at + 4)) equal++;
  return Math.min(0.99, equal / MINIMA);
}

/** How many letters, digits and spaces of the text counted, in UTF-16 units. */
export function fingerprintLength(print: string): number {
  return Number(print.split(':')[1] ?? 0) || 0;
}

// The finalizer of MurmurHash3, public domain.
function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
