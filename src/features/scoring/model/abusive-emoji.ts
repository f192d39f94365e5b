import { mergeScores, type Label, type ScoreMap, type Span } from '../scores.js';

/*
 * Emoji that are abusive on their own. The model was trained on sentences, so for it friendly words outweigh a middle
 * finger.
 */

/** An emoji's variation selector and skin tone, and the following space. */
const STYLE = '[\\ufe0e\\ufe0f\\u{1f3fb}-\\u{1f3ff}]*\\s*';
const oneOf = (emoji: string): string => `[${emoji}]${STYLE}`;
const YOU = "(?<![\\p{L}\\p{N}])(?:you|u)(?![\\p{L}\\p{N}'’])\\s*";
const AT_YOU = oneOf('🫵');
const POINTING = oneOf('👉👈☝👆');
const INSULTING_EMOJI = '🤡💩🐍🐀🪳🚮🗑';
const DEMEANING = oneOf(`${INSULTING_EMOJI}🐷🐖🐒🐵🦍🦧`);
const WEAPON = oneOf('🔫🔪🗡🪓💣🧨🏹');
const MONKEY = oneOf('🐒🐵🦍🦧🙈🙉🙊');
const BANANA = oneOf('🍌');

const anywhere = (...sources: string[]): RegExp => new RegExp(sources.join('|'), 'giu');
/** Matches only if it is the whole text. */
const wholeText = (...sources: string[]): RegExp => anywhere(`^\\s*(?:${sources.join('|')})[!.\\s]*$`);

// Scores just above the default thresholds.
const RULES: readonly (readonly [pattern: RegExp, scores: Partial<Record<Label, number>>])[] = [
  [anywhere(oneOf('🖕')), { toxicity: 0.8, insult: 0.75, profanity: 0.8 }],
  [
    wholeText(
      `(?:${YOU}|${AT_YOU}|${POINTING})+(?:${DEMEANING})+`,
      `(?:${DEMEANING})+(?:${AT_YOU}|${POINTING})+(?:${YOU})?`,
      // Two different ones, because a single kind may refer to a pet.
      `([${INSULTING_EMOJI}])${STYLE}(?:\\1${STYLE})*(?!\\1)(?:${oneOf(INSULTING_EMOJI)})+`,
    ),
    { toxicity: 0.8, insult: 0.75 },
  ],
  [
    anywhere(
      `${WEAPON}(?:${AT_YOU}|(?:${POINTING}){1,5}${YOU})`,
      `(?:${AT_YOU}|${YOU}(?:${POINTING}){1,5})${WEAPON}`,
    ),
    { toxicity: 0.8, threat: 0.75 },
  ],
  [wholeText(`(?:${POINTING})+(?:${WEAPON})+`), { toxicity: 0.8, threat: 0.75 }],
  [
    wholeText(`(?:${MONKEY}|${BANANA})*(?:${MONKEY}${BANANA}|${BANANA}${MONKEY})(?:${MONKEY}|${BANANA})*`),
    { toxicity: 0.8, identityAttack: 0.65 },
  ],
];

/** Labels for which the emoji alone hold a text at the default thresholds; empty for most texts. */
export function abusiveEmoji(text: string): ScoreMap {
  if (!/[\u{1f32d}-\u{1fad3}]/u.test(text)) return {};
  return mergeScores(
    ...RULES.map(([pattern, values]): ScoreMap => {
      const spans = [...text.matchAll(pattern)].map(({ 0: found, index }): Span => [
        index,
        index + found.trimEnd().length,
      ]);
      if (spans.length === 0) return {};
      return Object.fromEntries(Object.entries(values).map(([label, value]) => [label, { value, spans }]));
    }),
  );
}
