import { withoutUnaimedSwearing } from './model/unaimed-swearing.js';
import {
  logit,
  NO_SCORE,
  sigmoid,
  toValue,
  uniteSpans,
  type Label,
  type Score,
  type ScoreMap,
} from './scores.js';

/*
 * `refusal` is the probability that a moderator would refuse a comment for what it says. It is a logistic regression
 * on the logits of the labels below, fitted on public sets of comments that neither the models nor their weights in
 * the sum were trained on, and calibrated to a share of 3 % refused comments; see docs/model-card.md.
 */
const WEIGHTS = { toxicity: 0.276, insult: 0.266, identityAttack: 0.047, sexual: 0.006 } as const;
const CONSTANT = -2.259;

/**
 * Where toxicity decides alone (by a model of a language other than English, a custom model or an external scorer), a
 * toxicity of .8, the usual threshold for it, gives a refusal of .08, the default threshold.
 */
const TOXICITY_ALONE = logit(0.08) - logit(0.8);

const WEIGHED_LABELS = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];

function refusalByToxicity({ toxicity = NO_SCORE }: ScoreMap): Score {
  return { value: toValue(sigmoid(logit(toxicity.value) + TOXICITY_ALONE)), spans: toxicity.spans };
}

/**
 * @param scores scores of the text by the models, before those of the other phases
 * @returns the probability, with the spans of the label that contributes most
 */
function refusalOf(scores: ScoreMap): Score {
  if (!scores.insult) return refusalByToxicity(scores);
  let sum = CONSTANT;
  let top: { readonly label: Label; readonly share: number } | null = null;
  for (const label of WEIGHED_LABELS) {
    const { value } = scores[label] ?? NO_SCORE;
    const share = WEIGHTS[label] * logit(value);
    sum += share;
    if (!top || share > top.share) top = { label, share };
  }
  return { value: toValue(sigmoid(sum)), spans: top ? (scores[top.label]?.spans ?? []) : [] };
}

/** Labels that say more precisely than `toxicity` what a moderator would refuse, most severe first. */
const SPECIFIC_LABELS = ['threat', 'identityAttack', 'insult', 'sexual'] as const satisfies Label[];
/** From this score on, one of them is named as the reason. */
export const MIN_SPECIFIC_SCORE = 0.5;

/** The label to give as the reason for a high `refusal`. */
export function refusalReason(scores: ScoreMap): Label {
  let reason: Label = 'toxicity';
  let highest = MIN_SPECIFIC_SCORE;
  for (const label of SPECIFIC_LABELS) {
    const value = scores[label]?.value ?? 0;
    if (value < highest) continue;
    reason = label;
    highest = value;
  }
  return reason;
}

/** From this score on, a specific label is a reason of its own to refuse a comment. */
export const MIN_REASON_SCORE = 0.6;

/**
 * Raises `refusal` to the score of a specific label that is high enough to be a reason of its own.
 *
 * @param found scores of the models, or of a phase that looks for certain words or phrases
 */
export function refusalWith(refusal: Score, found: ScoreMap): Score {
  const abuse = SPECIFIC_LABELS.map((label) => found[label] ?? NO_SCORE).filter(
    ({ value }) => value >= MIN_REASON_SCORE,
  );
  if (abuse.length === 0) return refusal;
  return {
    value: Math.max(refusal.value, ...abuse.map(({ value }) => value)),
    spans: uniteSpans([...refusal.spans, ...abuse.flatMap(({ spans }) => spans)]),
  };
}

/**
 * Adds `refusal` to the scores of an external scorer, whose labels are not calibrated together: it is computed from
 * toxicity alone, or from a specific label.
 */
export const addExternalRefusal = (scores: ScoreMap): ScoreMap =>
  [...SPECIFIC_LABELS, 'toxicity' as const].some((label) => scores[label])
    ? { ...scores, refusal: refusalWith(refusalByToxicity(scores), scores) }
    : scores;

/** Scores of a text, with the languages (ISO 639-1) of the models that responded. */
export interface TextScores {
  readonly scores: ScoreMap;
  readonly languages: readonly string[];
}

/** Adds `refusal`, computed from the other labels. */
export const addRefusal = (scores: ScoreMap): ScoreMap => ({
  ...scores,
  refusal: refusalWith(refusalOf(scores), scores),
});

/**
 * Adds `refusal`. Swear words that are about nobody count for the labels, but are no reason to refuse.
 *
 * @param scoreLabels scores a text on the other labels; called again for the text without such words
 */
export async function withRefusal(
  text: string,
  scoreLabels: (text: string) => Promise<TextScores>,
): Promise<TextScores> {
  const { scores: labelScores, languages } = await scoreLabels(text);
  const scores = addRefusal(labelScores);
  const withoutSwearing = withoutUnaimedSwearing(text);
  if (withoutSwearing === null) return { scores, languages };
  const calmerRefusal = addRefusal((await scoreLabels(withoutSwearing)).scores).refusal!;
  return {
    scores: calmerRefusal.value < scores.refusal!.value ? { ...scores, refusal: calmerRefusal } : scores,
    languages,
  };
}
