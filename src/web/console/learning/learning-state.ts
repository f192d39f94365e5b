import type { SiteModelFigures, Learning, SiteModel } from '../api-types.js';

/** The labels that can be learned, in the order of the desk. */
export const LEARNED_LABELS = [
  'toxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
] as const;

export type LabelComparison = 'ahead' | 'behind' | 'even' | 'too-few';

/** How a head stands on the texts that no head is trained on; `even`: what chance may explain. */
export function compareLabel(figures: SiteModelFigures | undefined): LabelComparison {
  if (!figures) return 'too-few';
  if (figures.beats) return 'ahead';
  return figures.head.logLoss > figures.shipped.logLoss ? 'behind' : 'even';
}

export const labelsWhereShadowLeads = (head: Pick<SiteModel, 'figures'>): string[] =>
  LEARNED_LABELS.filter((label) => head.figures[label]?.beats);

export type Stage = 'off' | 'collecting' | 'shadow' | 'ahead' | 'counts';

/** How far the learning is: what counts is more than what is ahead, and that more than what is in the shadow. */
export function stageOf({ learning, active, shadow }: Learning): Stage {
  if (active) return 'counts';
  if (learning === 'off') return 'off';
  if (!shadow) return 'collecting';
  return labelsWhereShadowLeads(shadow).length > 0 ? 'ahead' : 'shadow';
}

/** The label with the most to learn from: what is waited for. */
export function nearestLabel({ collected }: Learning): {
  label: string;
  positives: number;
  negatives: number;
} {
  const found = LEARNED_LABELS.map((label) => ({
    label,
    positives: collected.labels[label]?.positives ?? 0,
    negatives: collected.labels[label]?.negatives ?? 0,
  }));
  const reached = (counts: { positives: number; negatives: number }): number =>
    Math.min(counts.positives, counts.negatives, collected.needed);
  return found.reduce((best, each) => (reached(each) > reached(best) ? each : best));
}

/** A word that stands for a kind of clause, and is none that a reader wrote. */
export const isClause = (word: string): boolean => word.includes('>');
