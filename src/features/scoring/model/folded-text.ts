import { foldChar, TURNED_LETTERS } from '../lexicon/fold.js';
import { tagAt } from '../lexicon/markup.js';
import { EMOJI, plainSign, SPACE } from './characters.js';
import { emojiAt } from './emoji.js';

const LESS_THAN = 60;
const UNUSUAL_LETTER = new RegExp(`(?![A-Z])\\p{Lu}|[${TURNED_LETTERS}]`, 'u');

/** A letter in a box or circle is a letter, not a picture. */
function isBoxedLetter(raw: string, at: number): boolean {
  if (raw.charCodeAt(at) !== 0xd83c) return false;
  const low = raw.charCodeAt(at + 1);
  return low >= 0xdd30 && low < 0xdd8a;
}

const isFlagLetter = (raw: string, at: number): boolean =>
  raw.charCodeAt(at) === 0xd83c && raw.charCodeAt(at + 1) >= 0xdde6 && raw.charCodeAt(at + 1) <= 0xddff;

// Pairs of regional indicators are flags for the codes of ISO 3166-1 and a few others.
const COUNTRIES = new Set(
  (
    'AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ ' +
    'EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ ' +
    'LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
    'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/**
 * Returns where a row of regional indicators that spells a word ends; `at` if they are flags.
 *
 * @param at where the row starts
 */
function endOfSpelled(raw: string, at: number): number {
  let end = at;
  let areFlags = true;
  let spelled = '';
  while (isFlagLetter(raw, end)) {
    spelled += String.fromCharCode(raw.charCodeAt(end + 1) - 0xdde6 + 65);
    if (spelled.length % 2 === 0) areFlags &&= COUNTRIES.has(spelled.slice(-2));
    end += 2;
  }
  return areFlags && spelled.length % 2 === 0 ? at : end;
}

/** Whether the emoji that starts here is a letter: in a box, or a regional indicator in a row that spells a word. */
export const isSpelledAt = (raw: string, at: number): boolean =>
  isBoxedLetter(raw, at) || (isFlagLetter(raw, at) && endOfSpelled(raw, at) > at);

/**
 * A text with each character folded to its plain form, and the original offsets. An emoji is a single character here,
 * with the code `EMOJI`. Every `fold` replaces the content.
 */
export class FoldedText {
  raw = '';
  length = 0;
  readonly codes: Uint16Array;
  /** UTF-16 offsets into `raw`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Up to here regional indicators are read as letters. */
  private spelledTo = 0;

  /** @param maxChars maximum number of characters, because some fold to several; the rest is dropped */
  constructor(private readonly maxChars: number) {
    this.codes = new Uint16Array(maxChars);
    this.from = new Int32Array(maxChars);
    this.to = new Int32Array(maxChars);
  }

  fold(raw: string): void {
    this.raw = raw;
    this.spelledTo = 0;
    this.length = 0;
    for (let at = 0; at < raw.length;) {
      const code = raw.charCodeAt(at);
      if (code === LESS_THAN) {
        const tag = tagAt(raw, at);
        if (tag) {
          at = tag.endsWord ? this.append(SPACE, at, at + tag.length) : at + tag.length;
          continue;
        }
      }
      if (code < 128) {
        const isCapital = code >= 65 && code <= 90;
        this.append(isCapital ? code + 32 : code < SPACE && code !== 10 ? SPACE : code, at, ++at);
        continue;
      }
      const sign = plainSign(code);
      at = sign === 0 ? this.foldRare(at, code) : this.append(sign, at, at + 1);
    }
  }

  private append(code: number, from: number, to: number): number {
    if (this.length >= this.maxChars) return to;
    this.codes[this.length] = code;
    this.from[this.length] = from;
    this.to[this.length++] = to;
    return to;
  }

  /** @returns where the next character starts */
  private foldRare(at: number, code: number): number {
    const { raw } = this;
    if (isFlagLetter(raw, at) && !isFlagLetter(raw, at - 2)) this.spelledTo = endOfSpelled(raw, at);
    const emoji = code >= 0x2190 && at >= this.spelledTo && !isBoxedLetter(raw, at) ? emojiAt(raw, at) : null;
    if (emoji) return this.append(EMOJI, at, at + emoji.length);
    const char = String.fromCodePoint(raw.codePointAt(at)!);
    const next = at + char.length;
    if (/\s/.test(char)) return this.append(SPACE, at, next);
    const plain = foldChar(char);
    for (let i = 0; i < plain.length; i++) {
      const each = plain.charCodeAt(i);
      this.append(each === EMOJI ? SPACE : each, at, next);
    }
    return next;
  }

  slice(from: number, to: number): string {
    return String.fromCharCode(...this.codes.subarray(from, to));
  }

  /**
   * Whether there is a non-Latin capital, which may look like a different letter than its small form, or an
   * upside-down letter.
   */
  hasUnusualLetter(from: number, to: number): boolean {
    const { raw } = this;
    const start = this.from[from];
    const stop = this.to[to - 1];
    if (stop - start === to - from) {
      let ascii = true;
      for (let at = start; at < stop && ascii; at++)
        ascii = raw.charCodeAt(at) < 128 || plainSign(raw.charCodeAt(at)) > 0;
      if (ascii) return false;
    }
    return UNUSUAL_LETTER.test(raw.slice(start, stop));
  }
}
