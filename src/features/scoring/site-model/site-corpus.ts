import { featureName } from '../model/clauses.js';
import type { ScoreMap } from '../scores.js';
import type { Labelled } from './decision-labels.js';
import { clauseOf, featuresOf, type SiteModelFeatures } from './site-model-features.js';

/** A text with labels from a person's decision. */
export interface LabelledText {
  readonly text: string;
  readonly labels: Labelled;
}

/** A training example; `at` are indices into the corpus's `ids`. */
interface Example {
  readonly features: Pick<SiteModelFeatures, 'prior'>;
  readonly at: Int32Array;
  readonly sizes: Float32Array;
  readonly labels: Labelled;
  /** Reserved for evaluation: no site model of any site is trained on it. */
  readonly heldOut: boolean;
  /** Index of the cross-validation fold, for calibration. */
  readonly part: number;
}

export interface SiteCorpus {
  readonly examples: readonly Example[];
  /** Ids of words, pairs and clauses that occur in at least two training texts. */
  readonly ids: Int32Array;
  /** The number of training texts with each id, and its description in one of them. */
  readonly texts: Int32Array;
  name(at: number): string;
}

/** One text in five. */
const HELD_OUT = 5;
export const PARTS = 4;
const MIN_TEXTS_PER_SIDE = 2;
const MAX_NAME_CHARS = 60;
const TEXTS_PER_YIELD = 100;

/** Yields to other work of the process. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Equal for the same words regardless of case and punctuation, so that copies of a text are on the same side. */
function sideOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' '))
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Whether a text is reserved for evaluation and never used for training. */
export const isHeldOut = (text: string): boolean => sideOf(text) % HELD_OUT === 0;

/** @param shipped returns the shipped model's scores for a text */
export async function readCorpus(
  texts: readonly LabelledText[],
  shipped: (text: string) => ScoreMap,
): Promise<SiteCorpus> {
  // Without spans, which would take most of the memory for thousands of texts.
  const read: { features: Omit<SiteModelFeatures, 'spans'>; labels: Labelled; partition: number }[] = [];
  const seen = new Map<number, { count: number; in: number; span: readonly [number, number] }>();
  for (const [index, { text, labels }] of texts.entries()) {
    if (index % TEXTS_PER_YIELD === TEXTS_PER_YIELD - 1) await pause();
    const { spans, ...features } = featuresOf(text, shipped(text));
    const partition = sideOf(text);
    read.push({ features, labels, partition });
    if (partition % HELD_OUT === 0) continue;
    features.ids.forEach((id, at) => {
      const found = seen.get(id);
      if (found) found.count++;
      else seen.set(id, { count: 1, in: index, span: spans[at] });
    });
  }
  const known = [...seen].filter(([, { count }]) => count >= MIN_TEXTS_PER_SIDE).sort(([a], [b]) => a - b);
  const indexById = new Map(known.map(([id], at) => [id, at]));
  const examples = read.map(({ features, labels, partition }): Example => {
    const kept = [...features.ids.keys()].filter((each) => indexById.has(features.ids[each]));
    return {
      features: { prior: features.prior },
      at: Int32Array.from(kept, (each) => indexById.get(features.ids[each])!),
      sizes: Float32Array.from(kept, (each) => features.sizes[each]),
      labels,
      heldOut: partition % HELD_OUT === 0,
      part: Math.floor(partition / HELD_OUT) % PARTS,
    };
  });
  return {
    examples,
    ids: Int32Array.from(known, ([id]) => id),
    texts: Int32Array.from(known, ([, { count }]) => count),
    name(at) {
      const [id, first] = known[at];
      const clause = clauseOf(id);
      if (clause !== null) return featureName(clause);
      return texts[first.in].text
        .slice(...first.span)
        .toLowerCase()
        .replace(/\s+/g, ' ')
        .slice(0, MAX_NAME_CHARS);
    },
  };
}
