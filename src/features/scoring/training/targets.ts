import type { ModelLabel } from '../model/labels.js';
import type { Row } from './dataset.js';

/*
 * What a row teaches about a label, and how much it counts. A label that is missing is unknown; where another label
 * says enough, it is taken as a weak example.
 */
export interface Target {
  readonly degree: number;
  readonly weight: number;
}

// Tweets were sampled by slur words, so that swearing and dialect look toxic in them.
const SOURCE_WEIGHT: Readonly<Record<string, number>> = {
  davidson: 0.25,
  hatexplain: 0.4,
  'implicit-hate': 0.5,
  'wiki-context-toxicity': 0.9,
  'bias-madlibs': 0.5,
};
// Of the sources that say whether there is hate, the rows without: most are about the same people, in peace.
const WEAK_PEACE: Readonly<Record<string, number>> = { stormfront: 0.15, cad: 0.1, 'implicit-hate': 0.1 };
const WEAK_CALM = 0.25;
const WEAK_UNINSULTING = 0.05;
const WEAK_UNSEXUAL = 0.03;
const WEAK_NO_SPAM = 0.1;
// Of what nobody looked at for it a few are: taken for certain, ordinary comments push each other out of sight, and what
// is spam below a song with them.
const MAYBE_SPAM = 0.012;

// Weak examples are many and alike: every so many-th is enough, counting for the others.
const EVERY = 4;

/** @returns null where the row says nothing about the label */
export function targetOf({ labels, source }: Row, label: ModelLabel, index: number): Target | null {
  const degree = labels[label];
  const weight = SOURCE_WEIGHT[source] ?? 1;
  if (degree !== undefined) return { degree, weight };
  if (label === 'toxicity') {
    const peace = WEAK_PEACE[source];
    return peace !== undefined && labels.identityAttack === 0 ? { degree: 0, weight: peace } : null;
  }
  if (label !== 'identityAttack' && index % EVERY !== 0) return null;
  if (label === 'spam') return { degree: MAYBE_SPAM, weight: WEAK_NO_SPAM * EVERY };
  const calm = (labels.toxicity ?? 1) < 0.2;
  if (!calm) return null;
  if (label === 'identityAttack') return { degree: 0, weight: WEAK_CALM * weight };
  return { degree: 0, weight: (label === 'sexual' ? WEAK_UNSEXUAL : WEAK_UNINSULTING) * EVERY * weight };
}
