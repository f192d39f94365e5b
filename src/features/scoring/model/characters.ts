/* Classifies folded characters by their role in a word. Codes are UTF-16 units in lower case. */

/** Kinds of characters; all others, such as spaces and emoji, are 0. */
export const [LETTER, DIGIT, APOSTROPHE, SIGN, SEPARATOR] = [1, 2, 3, 4, 5];
export const SPACE = 32;
/** Stands for an emoji in the folded text. */
export const EMOJI = 1;

const LETTERS = /[\p{L}\p{M}\p{N}]/u;
const UNCLASSIFIED = 255;
// One per UTF-16 unit. Outside ASCII, values are computed on first use.
const KINDS = new Uint8Array(1 << 16).fill(UNCLASSIFIED, 128);
for (let code = 97; code < 123; code++) KINDS[code] = LETTER;
for (let code = 48; code < 58; code++) KINDS[code] = DIGIT;
KINDS[39] = APOSTROPHE;
// Symbols that replace a letter in a masked word, or that join the parts of a word.
for (const sign of '@$!|+(*#%&^~') KINDS[sign.charCodeAt(0)] = SIGN;
for (const joint of '.-_/\\,:=') KINDS[joint.charCodeAt(0)] = SEPARATOR;

export function kindOf(code: number): number {
  const kind = KINDS[code];
  return kind === UNCLASSIFIED ? classify(code) : kind;
}

const classify = (code: number): number =>
  (KINDS[code] = LETTERS.test(String.fromCharCode(code)) ? LETTER : 0);

/** The replacement for common non-ASCII characters in news comments; 0: look it up. */
export function plainSign(code: number): number {
  switch (code) {
    case 0x2018: case 0x2019: case 0x00b4: return 39;
    case 0x201c: case 0x201d: case 0x00ab: case 0x00bb: case 0x201e: return 34;
    case 0x2013: case 0x2014: case 0x2010: case 0x2011: return 45;
    case 0x00a0: case 0x202f: case 0x2009: return SPACE;
    default: return 0;
  }
} // prettier-ignore
