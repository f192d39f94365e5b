/*
 * Handles Unicode characters that are invisible but change what readers see, and defines which of them stay in text
 * that people wrote. Sources: UTS 39 (security mechanisms), UAX 31 section 2.3 (joiners), UTS 51 (emoji sequences),
 * UAX 9 (bidirectional controls).
 */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Scripts whose words need ZWJ and ZWNJ between their letters (UAX 31, and Mongolian and Arabic shaping).
const SCRIPTS_WITH_JOINERS =
  'Arabic Syriac Nko Thaana Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Tibetan'
    .split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .join('');
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const LONE_SURROGATES = /\p{Cs}/gu;
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
// Control characters except line feed; tabs have already been replaced by spaces.
const CONTROLS = /[\0-\x09\x0b-\x1f\x7f-\x9f]/g;
// Embeddings, overrides, isolates and their terminators. All are removed, because one that a comment does not close
// would affect the text after it.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const ISOLATES = /[\u2066-\u2069]/;
const [PDF, LRO, RLO, PDI] = ['\u202c', '\u202d', '\u202e', '\u2069'];
const OPENS_RIGHT_TO_LEFT = /[\u202b\u202e\u2067]/;
const MAX_DEPTH = 125;
const ZERO_WIDTH = '\u200b';
const MIRRORED = new Map([...'()[]{}<>«»‹›'].map((sign, index, signs) => [sign, signs[index ^ 1]]));
const BIDI_MARKS = /[\u200e\u200f\u061c]/g;
// Invisible and not needed in any text here: soft hyphen, grapheme joiner, Hangul fillers, zero-width spaces,
// invisible operators, shorthand and interlinear controls, noncharacters; Mongolian selectors outside Mongolian text.
const INVISIBLE =
  /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]|(?<!\p{Script=Mongolian})[\u180b-\u180d\u180f]/gu;
// The next three patterns are replaced by their captured part. Tags are kept in a flag sequence (black flag, tags, end
// of tags).
const TAGS = /(?<=\u{1f3f4})([\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,8}\u{e007f})|[\u{e0000}-\u{e007f}]/gu;
// A variation selector is kept after a base character that can take one.
const SELECTORS =
  /(?<=[\p{Emoji}\p{Extended_Pictographic}\p{S}\p{P}])([\ufe0e\ufe0f])|(?<=\p{Script=Han})([\u{e0100}-\u{e01ef}\ufe00-\ufe02])|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
// A joiner is kept inside an emoji sequence, or between letters of a script that needs it.
const JOINERS = new RegExp(
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])(\\u200d)(?=\\p{Extended_Pictographic})' +
    `|(?<=[${SCRIPTS_WITH_JOINERS}])([\\u200c\\u200d])(?=[${SCRIPTS_WITH_JOINERS}])|[\\u200c\\u200d]`,
  'gu',
);
// At most two combining marks are kept on Latin, Greek, Cyrillic and script-neutral characters, and four on others.
const STACKED_MARKS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]\p{M}{2})\p{M}+|(\p{M}{4})\p{M}+/gu;

/**
 * Returns text in the order in which its bidirectional controls display it (UAX 9, rules X1 to X8 and L2), so that
 * words written backwards after an override are read as they look. The length stays the same: the controls become
 * zero-width spaces. A line with right-to-left letters is returned unchanged, because those letters are displayed in
 * their order without controls.
 */
export function inDisplayOrder(text: string): string {
  if (text.search(BIDI_CONTROLS) < 0) return text;
  return text
    .split('\n')
    .map((line) => (line.search(BIDI_CONTROLS) < 0 || RIGHT_TO_LEFT.test(line) ? line : reorder(line)))
    .join('\n');
}

function reorder(line: string): string {
  const parts: { text: string; level: number }[] = [];
  let removed = '';
  const statusStack = [{ level: 0, isOverride: false, isIsolate: false }];
  for (const { segment } of graphemes.segment(line)) {
    const { level, isOverride } = statusStack.at(-1)!;
    const isRightToLeft = level % 2 === 1;
    if (segment.search(BIDI_CONTROLS) < 0) {
      const text = isRightToLeft ? (MIRRORED.get(segment) ?? segment) : segment;
      // Without an override, left-to-right letters keep their order inside right-to-left text.
      parts.push({ text, level: isRightToLeft && !isOverride ? level + 1 : level });
      continue;
    }
    const isIsolate = ISOLATES.test(segment);
    if (segment === PDI) {
      const from = statusStack.findLastIndex((status) => status.isIsolate);
      if (from > 0) statusStack.length = from;
    } else if (segment === PDF) {
      if (statusStack.length > 1 && !statusStack.at(-1)!.isIsolate) statusStack.pop();
    } else {
      const next = OPENS_RIGHT_TO_LEFT.test(segment) ? (level + 1) | 1 : (level + 2) & ~1;
      const isOverriding = segment === LRO || segment === RLO;
      statusStack.push({ level: next > MAX_DEPTH ? level : next, isOverride: isOverriding, isIsolate });
    }
    // An isolate separates the text around it; the other controls do not (rule X9).
    if (isIsolate) parts.push({ text: ZERO_WIDTH, level: Math.min(level, statusStack.at(-1)!.level) });
    else removed += ZERO_WIDTH;
  }
  const highest = parts.reduce((max, { level }) => Math.max(max, level), 0);
  for (let level = highest; level > 0; level--)
    for (let from = 0; from < parts.length; from++) {
      if (parts[from].level < level) continue;
      let to = from;
      while (to + 1 < parts.length && parts[to + 1].level >= level) to++;
      for (let left = from, right = to; left < right; left++, right--)
        [parts[left], parts[right]] = [parts[right], parts[left]];
      from = to;
    }
  return parts.map(({ text }) => text).join('') + removed;
}

/**
 * Returns text as displayed, without invisible parts: NFC, line ends as `\n`, tabs as spaces, no control characters,
 * no bidirectional controls, no invisible characters that are not needed to spell a word or an emoji, no piles of
 * combining marks, no broken surrogates. Linear in the length of the text. Applying it twice has no further effect.
 */
export function visibleText(raw: string): string {
  let text = raw
    .replace(LONE_SURROGATES, '')
    .replace(LINE_ENDS, '\n')
    .replaceAll('\t', ' ')
    .replace(CONTROLS, '')
    .normalize('NFC');
  // Most text is ASCII, which needs no further changes.
  if (/[^\0-\x7f]/.test(text)) {
    text = inDisplayOrder(text).replace(BIDI_CONTROLS, '').replace(INVISIBLE, '');
    if (!RIGHT_TO_LEFT.test(text)) text = text.replace(BIDI_MARKS, '');
    text = text
      .replace(TAGS, '$1')
      .replace(SELECTORS, '$1$2')
      .replace(JOINERS, '$1$2')
      .replace(STACKED_MARKS, '$1$2')
      .normalize('NFC');
  }
  return text;
}

// Characters that look empty, including U+2800, which Unicode classifies as a symbol.
const BLANKS = /[\s\u2800\p{Cf}\p{M}]/gu;

/** Whether the text looks empty to a reader. */
export function isBlank(text: string): boolean {
  return text.replace(BLANKS, '') === '';
}

// Characters that are one UTF-16 unit each and never combine: everything below the first combining mark, and common
// punctuation.
const PLAIN = /^[\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/;

/**
 * Length in user-perceived characters: extended grapheme clusters, UAX 29. Apply `visibleText` first; otherwise CRLF
 * counts as one.
 */
export function countChars(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** The text up to this many user-perceived characters; never cut inside one. */
export function truncateChars(text: string, maxChars: number): string {
  let count = 0;
  for (const { index } of graphemes.segment(text)) if (count++ === maxChars) return text.slice(0, index);
  return text;
}
