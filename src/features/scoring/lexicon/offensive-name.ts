import { scoreByModel } from '../model/shipped-model.js';
import { LABELS } from '../scores.js';
import { wordSeverity } from './lexicon.js';
import { readText } from './reading.js';
import { resolveWords } from './resolve.js';

// Names are short and appear above every comment, so they are treated more strictly than texts.
const THRESHOLDS: Partial<Record<(typeof LABELS)[number], number>> = {
  identityAttack: 0.6,
  threat: 0.5,
  insult: 0.85,
  sexual: 0.9,
  spam: 0.6,
};
const TOLERATED_WORD = 0.5;

/** Whether a reader's name must not be shown: slurs, swearing, insults or advertising, in any disguise. */
export function isOffensiveName(name: string): boolean {
  // "IAmAnIdiot", "fuck_you2"
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_.\-0-9]+/g, ' ');
  return [name, spaced].some((text) => {
    // A single word is offensive only if it is listed: it is too little text for the model.
    const listed = resolveWords(readText(text)).some(
      ({ levels }) => levels !== null && wordSeverity(levels) >= TOLERATED_WORD,
    );
    if (listed) return true;
    if (text.trim().split(/\s+/).length < 2) return false;
    const scores = scoreByModel(text);
    return LABELS.some((label) => (scores[label]?.value ?? 0) >= (THRESHOLDS[label] ?? Infinity));
  });
}
