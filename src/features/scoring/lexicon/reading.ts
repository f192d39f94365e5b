import { decodeAddresses } from './addresses.js';
import { foldChar, foldLookalikes, isTurned, LEET_SIGNS, flipUpsideDown, unleet, unmix } from './fold.js';
import { tagAt } from './markup.js';

/** A word as written in the text. */
export interface Token {
  /** UTF-16 offsets into the raw text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** Folded: letters, digits, and apostrophes between letters. */
  readonly text: string;
  /** Other words that it may spell, best first: digits read as letters, mixed scripts as Latin. */
  readonly forms: readonly string[];
  /** Index from 0. A sentence ends at a full stop, exclamation or question mark, or line end. */
  readonly sentence: number;
  /** Whether it is part of an address such as https://a.example/word. */
  readonly inUrl: boolean;
}

/** Several tokens, or a token and the symbols around it, that may be one word: sh!t, f*ck, f.u.c.k, fu ck. */
export interface Compound {
  readonly start: number;
  readonly end: number;
  /** First and last token that it covers, inclusive. */
  readonly from: number;
  readonly to: number;
  /** Best first. `?` stands for one masked letter. */
  readonly forms: readonly string[];
  /** `signs`: within one word; `split`: two words joined, which should only match a severe word. */
  readonly kind: 'signs' | 'split';
}

/** Letters written one by one, `i d i o t`: one letter per token, `from` is the first token's index. */
export interface SpelledOutWord {
  readonly from: number;
  readonly letters: string;
}

export interface Reading {
  /** The text that the offsets refer to. */
  readonly raw: string;
  readonly tokens: readonly Token[];
  readonly compounds: readonly Compound[];
  readonly spelled: readonly SpelledOutWord[];
}

// Longer words are neither split nor joined; they are not words.
const MAX_WORD = 40;
const LESS_THAN = 60;
const PLAIN_WORD = /^[a-z']*$/;
const WORD = /[\p{L}\p{M}\p{N}]/u;
const MASKS = '*#%&•×^~';
const SEPARATORS = ".-_*'~^,·•/\\|+=:";
const SENTENCE_END = /[.!?\n…。！？]/;

interface Folded {
  readonly chars: string[];
  /** Raw offset of each folded character. */
  readonly starts: number[];
  readonly ends: number[];
}

const ASCII = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code).toLowerCase());

function foldText(raw: string): Folded {
  const chars: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < raw.length;) {
    const code = raw.codePointAt(at)!;
    const tag = code === LESS_THAN ? tagAt(raw, at) : null;
    if (tag) {
      if (tag.endsWord) {
        chars.push(' ');
        starts.push(at);
        ends.push(at + tag.length);
      }
      at += tag.length;
      continue;
    }
    if (code < 0x7f) {
      chars.push(ASCII[code]);
      starts.push(at);
      ends.push(++at);
      continue;
    }
    const char = String.fromCodePoint(code);
    for (const folded of foldChar(char)) {
      chars.push(folded);
      starts.push(at);
      ends.push(at + char.length);
    }
    at += char.length;
  }
  return { chars, starts, ends };
}

const isWordChar = (char: string | undefined): boolean =>
  char !== undefined &&
  ((char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || (char > '\x7f' && WORD.test(char)));

const isSpace = (char: string): boolean => char <= ' ' || (char > '\x7f' && /\s/.test(char));

/**
 * Splits a text into words and into possible words in disguise. Linear in the length of the text: every character
 * belongs to one token, at most two compounds of bounded length, and one run of spelled-out letters.
 */
export function readText(source: string): Reading {
  const raw = decodeAddresses(source);
  const { chars, starts, ends } = foldText(raw);
  const tokens: Token[] = [];
  const compounds: Compound[] = [];
  let sentence = 0;
  // Folded offsets of each token.
  const offsets: { begin: number; stop: number }[] = [];

  for (let begin = 0; begin < chars.length;) {
    if (isSpace(chars[begin])) {
      if (chars[begin] === '\n') sentence++;
      begin++;
      continue;
    }
    let stop = begin;
    while (stop < chars.length && !isSpace(chars[stop])) stop++;
    readChunk(begin, stop);
    begin = stop;
  }
  compounds.push(...splitWords(tokens, raw));
  return { raw, tokens, compounds, spelled: spelledOut(tokens, offsets) };

  function readChunk(begin: number, stop: number): void {
    const prefix = chars.slice(begin, Math.min(stop, begin + 12)).join('');
    const inUrl = /^[^a-z]{0,3}(?:https?:|www\.)/.test(prefix);
    const first = tokens.length;
    for (let index = begin; index < stop;) {
      if (!isWordChar(chars[index])) {
        // Punctuation within a word is disguise; at its end it ends the sentence.
        if (SENTENCE_END.test(chars[index]) && !isWordChar(chars[index + 1])) sentence++;
        index++;
        continue;
      }
      let end = index + 1;
      while (end < stop && (isWordChar(chars[end]) || (chars[end] === "'" && isWordChar(chars[end + 1]))))
        end++;
      const written = raw.slice(starts[index], ends[end - 1]);
      const text = isTurned(written) ? flipUpsideDown(written) : chars.slice(index, end).join('');
      tokens.push({
        start: starts[index],
        end: ends[end - 1],
        text,
        forms: formsOf(text, written),
        sentence,
        inUrl,
      });
      offsets.push({ begin: index, stop: end });
      index = end;
    }
    // Most chunks are a single word, or only punctuation.
    if (inUrl || tokens.length === first || (offsets[first].begin === begin && offsets[first].stop === stop))
      return;
    readSigns(begin, stop, first);
    readJoined(first);
  }

  /** sh!t, a$$, @sshole, f*ck, f**k, s--t, f***: symbols for letters, and masks. */
  function readSigns(begin: number, stop: number, first: number): void {
    const isSign = (index: number): boolean =>
      LEET_SIGNS.includes(chars[index]) || MASKS.includes(chars[index]);
    const isDashes = (index: number): boolean =>
      '-_.'.includes(chars[index]) &&
      (chars[index] === chars[index - 1] || chars[index] === chars[index + 1]);
    for (let index = begin, token = first; index < stop;) {
      const fits = (index: number): boolean => isWordChar(chars[index]) || isSign(index) || isDashes(index);
      if (!fits(index)) {
        index++;
        continue;
      }
      let end = index;
      let signs = 0;
      while (end < stop && fits(end)) if (!isWordChar(chars[end++])) signs++;
      const [from, to] = trimSigns(index, end);
      index = end;
      while (token < tokens.length && offsets[token].stop <= from) token++;
      let last = token;
      while (last + 1 < tokens.length && offsets[last + 1].begin < to) last++;
      if (
        signs === 0 ||
        to - from > MAX_WORD ||
        to - from < 3 ||
        token >= tokens.length ||
        offsets[token].begin >= to
      )
        continue;
      if (offsets[token].begin === from && offsets[token].stop === to) continue;
      const word = chars
        .slice(from, to)
        .map((char) => (MASKS.includes(char) || '-_.'.includes(char) ? '?' : char))
        .join('');
      const spelled = unleet(word);
      const forms = spelled.length > 0 ? spelled : [word];
      // f*u*c*k: the masks are between the letters and do not replace any.
      const stripped = word.replaceAll('?', '');
      if (stripped !== word && stripped.length >= 4) forms.push(stripped, ...unleet(stripped));
      compounds.push({
        start: starts[from],
        end: ends[to - 1],
        from: token,
        to: last,
        forms,
        kind: 'signs',
      });
    }
  }

  /** Removes punctuation and emphasis around a word; two or more masks at its end are kept as letters. */
  function trimSigns(begin: number, stop: number): [number, number] {
    let from = begin;
    let to = stop;
    while (from < to && !isWordChar(chars[from]) && !'@$€!|'.includes(chars[from])) from++;
    const opened = from > begin;
    let masks = 0;
    while (to > from && !isWordChar(chars[to - 1]) && !'$€'.includes(chars[to - 1])) {
      masks = MASKS.includes(chars[to - 1]) || chars[to - 1] === '-' || chars[to - 1] === '_' ? masks + 1 : 0;
      to--;
    }
    return [from, !opened && masks >= 2 ? to + masks : to];
  }

  /** f.u.c.k, ni-gger, fu.ck: one chunk whose letters are separated by `SEPARATORS`. */
  function readJoined(first: number): void {
    const last = tokens.length - 1;
    if (last === first || last - first >= MAX_WORD) return;
    let word = '';
    for (let token = first; token <= last; token++) {
      if (token > first) {
        for (let gap = offsets[token - 1].stop; gap < offsets[token].begin; gap++)
          if (!SEPARATORS.includes(chars[gap])) return;
        if (offsets[token].begin - offsets[token - 1].stop > 2) return;
      }
      word += tokens[token].text;
      if (word.length > MAX_WORD) return;
    }
    if (last === first + 1 && areShortWords(tokens[first].text, tokens[last].text)) return;
    compounds.push({
      start: tokens[first].start,
      end: tokens[last].end,
      from: first,
      to: last,
      forms: [word, ...formsOf(word)],
      kind: 'signs',
    });
  }
}

/** @param written the word as written in the text, if it is in one piece */
function formsOf(text: string, written = ''): string[] {
  if (text.length > MAX_WORD || PLAIN_WORD.test(text)) return [];
  const forms = unleet(text);
  if (!/[^\0-\x7f]/.test(text)) return forms;
  const look = /\p{Lu}/u.test(written) ? foldLookalikes(written) : text;
  if (look !== text) forms.push(look, ...unleet(look));
  if (/[a-z]/.test(look) && /[^\0-\x7f]/.test(look)) {
    const plain = unmix(look);
    forms.push(plain, ...unleet(plain));
  }
  return forms;
}

/** Joins two neighbours that form one word, "fu ck", unless both are words of their own, "pen is". */
function splitWords(tokens: readonly Token[], raw: string): Compound[] {
  const found: Compound[] = [];
  for (let from = 0; from + 1 < tokens.length; from++) {
    const [left, right] = [tokens[from], tokens[from + 1]];
    const length = left.text.length + right.text.length;
    if (length < 4 || length > 14 || Math.min(left.text.length, right.text.length) > 4) continue;
    if (left.inUrl || right.inUrl || right.start - left.end > 2 || areShortWords(left.text, right.text))
      continue;
    const gap = raw.slice(left.end, right.start);
    if (gap !== ' ' && gap.trim() !== '') continue;
    const word = left.text + right.text;
    found.push({
      start: left.start,
      end: right.end,
      from,
      to: from + 1,
      forms: [word, ...formsOf(word)],
      kind: 'split',
    });
  }
  return found;
}

// Short words that form a swear word or slur with their neighbour by chance: "pen is", "& Co on Monday", "U S hit".
const SHORT_WORDS = new Set(
  (
    'a i u s t d m an am as at be by co da do go he hi id if in is it la ma me mo my no of oh ok on or pa re so to up us we al ass bit can cum ' +
    'cut got had has her him his hit hole hot itch man men mr ms nor not old one our out own pen ron see she the tit too was who why you'
  ).split(' '),
);
const areShortWords = (left: string, right: string): boolean =>
  SHORT_WORDS.has(left) && SHORT_WORDS.has(right);

/** Three or more single letters in a row, with at most three other characters between each two. */
function spelledOut(
  tokens: readonly Token[],
  offsets: readonly { begin: number; stop: number }[],
): SpelledOutWord[] {
  const found: SpelledOutWord[] = [];
  let from = 0;
  for (let index = 0; index <= tokens.length; index++) {
    const token = tokens[index];
    const isSingleLetter = token !== undefined && token.text.length === 1 && !token.inUrl;
    const isNear = index > from && isSingleLetter && offsets[index].begin - offsets[index - 1].stop <= 3;
    if (isSingleLetter && isNear) continue;
    if (index - from >= 3)
      found.push({
        from,
        letters: tokens
          .slice(from, index)
          .map(({ text }) => text)
          .join(''),
      });
    from = isSingleLetter ? index : index + 1;
  }
  return found;
}
