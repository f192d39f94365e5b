import type { LanguageModelMeasurement, Policy } from '../api-types.js';

type Measured = Pick<
  LanguageModelMeasurement,
  'decisions' | 'decisionsNeeded' | 'publishBelow' | 'share' | 'wrong' | 'wrongAtMost' | 'wrongAllowed'
>;
type Limit = NonNullable<Policy['moderation']['publishBelow']['de']>;

/** What a language's model could publish on the site, or what is missing. */
export function measurementText(measured: Measured): string {
  const { decisions, decisionsNeeded, publishBelow, share, wrong, wrongAtMost, wrongAllowed } = measured;
  if (publishBelow !== null)
    return `Could publish about ${percent(share)} of these comments without a person (toxicity below ${publishBelow}): of these, moderators refused ${percent(wrong)}, with 95 % confidence at most ${percentUp(wrongAtMost)}.`;
  if (decisions < decisionsNeeded)
    return `Cannot publish yet: moderators have decided ${decisions} of the ${decisionsNeeded} comments that are needed to measure it.`;
  return `Cannot publish: even of those with the lowest scores, moderators refused ${percent(wrong)}, with 95 % confidence up to ${percentUp(wrongAtMost)}; ${percent(wrongAllowed)} is allowed.`;
}

/** @param measured null: not loaded */
export function publishedText(limit: Limit, measured: { model: string } | null): string {
  if (measured && measured.model !== limit.model)
    return 'Held since the update of the model. Choose “Scores on”, save, and choose “Publish low scores” again to measure it anew.';
  return `Published below toxicity ${limit.toxicity}, the others held.`;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
/** Rounded up, so that a share above the allowed one does not look equal to it. */
const percentUp = (share: number): string => `${Math.ceil(share * 1000) / 10} %`;
