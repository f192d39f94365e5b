import type { SiteModelFigures, Learning, SiteModel } from '../api-types.js';

/** The labels that can be learned, in the console's display order. */
export const LEARNED_LABELS = [
  'refusal',
  'toxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
] as const;

export type LabelComparison = 'ahead' | 'behind' | 'even' | 'too-few';

/**
 * Compares a site model with the shipped one on held-out texts. `even` means that chance may explain the difference.
 */
export function compareLabel(figures: SiteModelFigures | undefined): LabelComparison {
  if (!figures) return 'too-few';
  if (figures.beats) return 'ahead';
  return figures.siteModel.logLoss > figures.shipped.logLoss ? 'behind' : 'even';
}

/** Labels on which a site model beats the shipped one on held-out texts. */
export const labelsWhereAhead = (siteModel: Pick<SiteModel, 'figures'>): string[] =>
  LEARNED_LABELS.filter((label) => siteModel.figures[label]?.beats);

export type Stage = 'off' | 'collecting' | 'shadow' | 'ahead' | 'counts';

/**
 * The current stage of learning. An active model takes precedence over a shadow model that is ahead, which takes
 * precedence over any other shadow model.
 */
export function stageOf({ learning, active, shadow }: Learning): Stage {
  if (active) return 'counts';
  if (learning === 'off') return 'off';
  if (!shadow) return 'collecting';
  return labelsWhereAhead(shadow).length > 0 ? 'ahead' : 'shadow';
}

/** The label closest to having enough training examples, counted by the rarer of its two classes. */
export function nearestLabel({ collected }: Learning): {
  label: string;
  positives: number;
  negatives: number;
} {
  const counts = LEARNED_LABELS.map((label) => ({
    label,
    positives: collected.labels[label]?.positives ?? 0,
    negatives: collected.labels[label]?.negatives ?? 0,
  }));
  const collectedOf = (label: { positives: number; negatives: number }): number =>
    Math.min(label.positives, label.negatives, collected.needed);
  return counts.reduce((best, label) => (collectedOf(label) > collectedOf(best) ? label : best));
}

/** Whether a feature stands for a kind of clause instead of a word that a reader wrote. */
export const isClause = (word: string): boolean => word.includes('>');
