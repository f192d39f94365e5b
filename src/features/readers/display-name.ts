import unhomoglyph from 'unhomoglyph';
import { countChars, isBlank, truncateChars, visibleText } from '../../platform/visible-text.js';

/** Longer names are cut to this many user-perceived characters: the token's `name` is the publisher's, not refused. */
export const MAX_NAME_CHARS = 60;

// Beside a name a check mark says that somebody checked who this is.
const CHECK_MARKS = /[\u2611\u2705\u2713\u2714\u{1f5f8}]\ufe0f?/gu;

/**
 * A name as it is shown: one line, visible characters only, no check marks, single spaces, at most 60 characters.
 *
 * @returns an empty string when nothing visible is left
 */
export function displayName(raw: string): string {
  // 2,000 units hold 60 characters of any writing; nobody gets a megabyte normalised.
  const shown = visibleText(raw.slice(0, 2000)).replace(CHECK_MARKS, '').replace(/\s+/g, ' ').trim();
  if (isBlank(shown)) return '';
  return countChars(shown) > MAX_NAME_CHARS
    ? `${truncateChars(shown, MAX_NAME_CHARS - 1).trimEnd()}…`
    : shown;
}

// Digits and signs read as letters, after the homoglyphs of UTS 39 have become Latin letters.
const LOOKALIKE_LETTERS: Record<string, string> = {
  '0': 'o', '1': 'l', '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g',
  '@': 'a', $: 's', '!': 'l', '|': 'l', '+': 't', '€': 'e', i: 'l',
}; // prettier-ignore

/**
 * What a name looks like at a glance: two names with the same skeleton may be taken for each other. Homoglyphs,
 * accents, case, spaces, punctuation and digits for letters make no difference; neither do `i` and `l`, `rn` and
 * `m`, `vv` and `w`, nor how often a letter is repeated beyond twice.
 *
 * @returns letters only, for comparison and never for show; the name itself, lower-case, where nothing else is left
 */
export function nameSkeleton(name: string): string {
  // Before and after lower-casing: Cyrillic capitals look Latin where their small letters do not.
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

/** So many readers of one name are told apart by a number; whoever comes after them by a part of their id. */
const MAX_NUMBERED = 9;

/** How the readers who give this name are shown, in the order they come: the name itself, then "(2)" behind it and on. */
export const numberedNameVariants = (name: string): string[] => [
  name,
  ...Array.from({ length: MAX_NUMBERED - 1 }, (_, index) => `${name} (${index + 2})`),
];

// Words that claim an office. Whole words of a name, by skeleton; "Admina" and "Modesto" are names.
const RESERVED_NAMES = [
  'admin', 'admins', 'administrator', 'administrators', 'administration', 'mod', 'mods', 'moderator', 'moderators', 'moderation',
  'editor', 'editors', 'editorial', 'staff', 'official', 'support', 'webmaster', 'sysadmin', 'newsroom', 'newsdesk', 'postbag', 'system', 'verified',
]; // prettier-ignore
const RESERVED_NAME_SKELETONS = new Set(RESERVED_NAMES.map(nameSkeleton));
// Long enough that a name with one of them inside claims it too: "SiteModerator".
const RESERVED_NAME_PARTS = RESERVED_NAMES.filter((word) => word.length >= 9).map(nameSkeleton);

export interface DisplayNameRules {
  /** Names of the site's moderators and authors, and of the site itself. */
  readonly staffNames: readonly string[];
  /** Whether a text is unfit to be shown: the same reading as of comments, handed in by who knows it. */
  readonly isOffensive: (text: string) => boolean;
}

export type NameCheck =
  | { readonly ok: true; readonly name: string; readonly skeleton: string }
  | {
      readonly ok: false;
      readonly reason: 'empty' | 'unfit' | 'reserved' | 'staff';
      readonly message: string;
    };

/**
 * Whether a reader may be shown under this name. Names of other readers are compared by the caller, by `skeleton`.
 */
export function checkDisplayName(raw: string, { staffNames, isOffensive }: DisplayNameRules): NameCheck {
  const name = displayName(raw);
  if (name === '') return { ok: false, reason: 'empty', message: 'The name has no visible characters.' };
  const skeleton = nameSkeleton(name);
  if (isOffensive(name)) return { ok: false, reason: 'unfit', message: 'This name cannot be shown here.' };
  if (staffNames.some((staff) => nameSkeleton(staff) === skeleton)) {
    return { ok: false, reason: 'staff', message: 'This name can be taken for somebody who works here.' };
  }
  if (
    wordsOf(name).some((word) => RESERVED_NAME_SKELETONS.has(nameSkeleton(word))) ||
    RESERVED_NAME_SKELETONS.has(skeleton) ||
    RESERVED_NAME_PARTS.some((word) => skeleton.includes(word))
  ) {
    return { ok: false, reason: 'reserved', message: 'This name claims an office of the site.' };
  }
  return { ok: true, name, skeleton };
}

/** What is shown in place of a name that was refused: says nothing, and tells two such readers apart. */
export function placeholderName(readerId: string): string {
  return `Reader ${readerId.replaceAll('-', '').slice(-6)}`;
}

// "SiteMod_2" has the words site, mod and 2.
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}@$!|+€]+/u)
    .flatMap((word) => [word, word.replace(/\d+$/, '')])
    .filter((word) => word !== '');
