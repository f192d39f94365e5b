import type { ModelLabel } from '../model/labels.js';
import type { Row } from './dataset.js';

/*
 * A row's training target for a label and its weight. A missing label is unknown; if another label is informative
 * enough, the row is used as a weak example.
 */
export interface Target {
  readonly degree: number;
  readonly weight: number;
}

// Tweets were sampled by slurs, so that swearing and dialect look toxic in them.
const SOURCE_WEIGHT: Readonly<Record<string, number>> = {
  davidson: 0.25,
  hatexplain: 0.4,
  'implicit-hate': 0.5,
  'wiki-context-toxicity': 0.9,
  'bias-madlibs': 0.5,
};
// Weight of rows without hate in sources that label hate: most are harmless texts about the same groups.
const WEAK_NO_HATE: Readonly<Record<string, number>> = { stormfront: 0.15, cad: 0.1, 'implicit-hate': 0.1 };
// Weights of harmless rows as negative examples: of identity attack, of most labels, and of `sexual` and `spam`.
const WEAK_NO_ATTACK = 0.25;
const WEAK_HARMLESS = 0.05;
const WEAK_NOT_SEXUAL = 0.03;
const WEAK_NO_SPAM = 0.1;
// Degree for texts that nobody labelled for spam, of which a few are spam. With a degree of 0, ordinary comments
// would displace each other and hide the spam below songs.
const UNLABELLED_SPAM_DEGREE = 0.012;

// Weak examples are many and similar, so only every nth is used, with n times the weight.
const WEAK_EXAMPLE_INTERVAL = 4;

/** @returns null if the row says nothing about the label */
export function targetOf({ labels, source }: Row, label: ModelLabel, index: number): Target | null {
  const degree = labels[label];
  const weight = SOURCE_WEIGHT[source] ?? 1;
  if (degree !== undefined) return { degree, weight };
  if (label === 'toxicity') {
    const weakWeight = WEAK_NO_HATE[source];
    return weakWeight !== undefined && labels.identityAttack === 0 ? { degree: 0, weight: weakWeight } : null;
  }
  if (label !== 'identityAttack' && index % WEAK_EXAMPLE_INTERVAL !== 0) return null;
  if (label === 'spam')
    return { degree: UNLABELLED_SPAM_DEGREE, weight: WEAK_NO_SPAM * WEAK_EXAMPLE_INTERVAL };
  const isHarmless = (labels.toxicity ?? 1) < 0.2;
  if (!isHarmless) return null;
  if (label === 'identityAttack') return { degree: 0, weight: WEAK_NO_ATTACK * weight };
  return {
    degree: 0,
    weight: (label === 'sexual' ? WEAK_NOT_SEXUAL : WEAK_HARMLESS) * WEAK_EXAMPLE_INTERVAL * weight,
  };
}
