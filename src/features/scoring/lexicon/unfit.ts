import { scoreText } from './score-text.js';

// Names are short and stand above every comment: less is borne in them than in a text.
const BORNE = {
  identityAttack: 0.5,
  threat: 0.5,
  insult: 0.55,
  profanity: 0.5,
  sexual: 0.5,
  spam: 0.6,
} as const;

/** Whether a reader's name is nothing to show: slurs, swearing, insults, advertising, in any disguise. */
export function isUnfitName(name: string): boolean {
  // "IAmAnIdiot", "fuck_you2"
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_.\-0-9]+/g, ' ');
  return [name, spaced].some((text) => {
    const scores = scoreText(text);
    return (Object.keys(BORNE) as (keyof typeof BORNE)[]).some(
      (label) => (scores[label]?.value ?? 0) >= BORNE[label],
    );
  });
}
