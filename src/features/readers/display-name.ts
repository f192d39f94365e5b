import unhomoglyph from 'unhomoglyph';
import { countChars, isBlank, truncateChars, visibleText } from '../../platform/visible-text.js';

/**
 * In user-perceived characters. A longer name is cut, not rejected, because it comes from the publisher's token and the
 * reader cannot change it.
 */
export const MAX_NAME_CHARS = 60;

// A check mark beside a name suggests a verified identity.
const CHECK_MARKS = /[\u2611\u2705\u2713\u2714\u{1f5f8}]\ufe0f?/gu;

/**
 * Cleans a name for display: one line, visible characters only, no check marks, single spaces, at most 60 characters.
 *
 * @returns an empty string when nothing visible is left
 */
export function displayName(raw: string): string {
  // 2,000 code units hold 60 characters of any script. The limit avoids normalising very long input.
  const shown = visibleText(raw.slice(0, 2000)).replace(CHECK_MARKS, '').replace(/\s+/g, ' ').trim();
  if (isBlank(shown)) return '';
  return countChars(shown) > MAX_NAME_CHARS
    ? `${truncateChars(shown, MAX_NAME_CHARS - 1).trimEnd()}…`
    : shown;
}

// Digits and symbols that resemble letters; used after the homoglyphs of UTS 39 have been mapped to Latin letters.
const LOOKALIKE_LETTERS: Record<string, string> = {
  '0': 'o', '1': 'l', '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g',
  '@': 'a', $: 's', '!': 'l', '|': 'l', '+': 't', '€': 'e', i: 'l',
}; // prettier-ignore

/**
 * Reduces a name to its visual skeleton. Two names with the same skeleton can be mistaken for each other. Homoglyphs,
 * accents, case, spaces, punctuation and digits used as letters make no difference. Neither do `i` and `l`, `rn` and
 * `m`, `vv` and `w`, nor repetitions of a letter beyond two.
 *
 * @returns letters only, for comparison and never for display; the name itself in lower case if no letters are left
 */
export function nameSkeleton(name: string): string {
  // Map homoglyphs before and after lower-casing: some Cyrillic capitals look like Latin letters although their
  // lower-case forms do not.
  const latin = unhomoglyph(unhomoglyph(stripMarks(visibleText(name))).toLowerCase());
  const letters = stripMarks(latin)
    .toLowerCase()
    .replace(/[0-9@$!|+€i]/g, (sign) => LOOKALIKE_LETTERS[sign])
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/(.)\1{2,}/gu, '$1$1');
  return letters || visibleText(name).toLowerCase();
}

const stripMarks = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '');

/** Up to this many readers with the same name are distinguished by a number, further ones by part of their id. */
const MAX_NUMBERED = 9;

/**
 * The names shown for readers with the same name, in order of arrival: first the name itself, then the name followed
 * by "(2)", and so on.
 */
export const numberedNameVariants = (name: string): string[] => [
  name,
  ...Array.from({ length: MAX_NUMBERED - 1 }, (_, index) => `${name} (${index + 2})`),
];

// Words that suggest an official role. They are compared with whole words of a name, by skeleton, so "Admina" and
// "Modesto" are allowed.
const RESERVED_NAMES = [
  'admin', 'admins', 'administrator', 'administrators', 'administration', 'mod', 'mods', 'moderator', 'moderators', 'moderation',
  'editor', 'editors', 'editorial', 'staff', 'official', 'support', 'webmaster', 'sysadmin', 'newsroom', 'newsdesk', 'postbag', 'system', 'verified',
]; // prettier-ignore
const RESERVED_NAME_SKELETONS = new Set(RESERVED_NAMES.map(nameSkeleton));
// Reserved words that are long enough to be rejected anywhere in a name, as in "YourModeratorTeam".
const RESERVED_NAME_PARTS = RESERVED_NAMES.filter((word) => word.length >= 9).map(nameSkeleton);

export interface DisplayNameRules {
  /** Names of the site's moderators and authors, and the name of the site itself. */
  readonly staffNames: readonly string[];
  /** Whether a text is too offensive to be shown. */
  readonly isOffensive: (text: string) => boolean;
}

export type NameCheck =
  | { readonly ok: true; readonly name: string; readonly skeleton: string }
  | {
      readonly ok: false;
      readonly reason: 'empty' | 'offensive' | 'reserved' | 'staff';
      readonly message: string;
    };

/**
 * Checks whether a reader may be shown under this name. The caller compares it with the names of other readers, by
 * `skeleton`.
 */
export function checkDisplayName(raw: string, { staffNames, isOffensive }: DisplayNameRules): NameCheck {
  const name = displayName(raw);
  if (name === '') return { ok: false, reason: 'empty', message: 'The name has no visible characters.' };
  const skeleton = nameSkeleton(name);
  if (isOffensive(name))
    return { ok: false, reason: 'offensive', message: 'This name is not allowed here. Choose another.' };
  if (staffNames.some((staff) => nameSkeleton(staff) === skeleton)) {
    return {
      ok: false,
      reason: 'staff',
      message: 'This name could be mistaken for a member of staff. Choose another.',
    };
  }
  if (
    wordsOf(name).some((word) => RESERVED_NAME_SKELETONS.has(nameSkeleton(word))) ||
    RESERVED_NAME_SKELETONS.has(skeleton) ||
    RESERVED_NAME_PARTS.some((word) => skeleton.includes(word))
  ) {
    return {
      ok: false,
      reason: 'reserved',
      message: 'This name is reserved because it suggests an official role on the site. Choose another.',
    };
  }
  return { ok: true, name, skeleton };
}

/** The neutral name shown instead of a rejected one, different for each reader. */
export function placeholderName(readerId: string): string {
  return `Reader ${readerId.replaceAll('-', '').slice(-6)}`;
}

// For example, "SiteMod_2" has the words site, mod and 2.
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}@$!|+€]+/u)
    .flatMap((word) => [word, word.replace(/\d+$/, '')])
    .filter((word) => word !== '');
