import { featureName } from '../model/clauses.js';
import type { ScoreMap } from '../scores.js';
import type { Labelled } from './decision-labels.js';
import { clauseOf, featuresOf, type SiteModelFeatures } from './site-model-features.js';

/** A text with labels from a person's decision. */
export interface LabelledText {
  readonly text: string;
  readonly labels: Labelled;
  /** The shipped models' scores. */
  readonly shipped: ScoreMap;
  readonly embedding: Float32Array | null;
  /** What a person decided, for whatever reason; absent if nobody decided about it. */
  readonly isRefused?: boolean;
  /** The number of comments of the site that it stands for; by default only itself. */
  readonly weight?: number;
  /**
   * True if nobody decided about it: its labels are those of the shipped models. Such texts hold the site model to the
   * shipped ones where no moderator looks, and do not count as evidence.
   */
  readonly isAnchor?: boolean;
}

/** A training example; `at` are indices into the corpus's `ids`. */
interface Example {
  readonly features: Pick<SiteModelFeatures, 'prior' | 'meaning'>;
  readonly at: Int32Array;
  readonly sizes: Float32Array;
  readonly labels: Labelled;
  readonly isRefused?: boolean;
  readonly weight: number;
  readonly isAnchor: boolean;
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

export async function readCorpus(texts: readonly LabelledText[]): Promise<SiteCorpus> {
  // Without spans, which would take most of the memory for thousands of texts.
  const read: { features: Omit<SiteModelFeatures, 'spans'>; given: LabelledText; partition: number }[] = [];
  const seen = new Map<number, { count: number; in: number; span: readonly [number, number] }>();
  for (const [index, given] of texts.entries()) {
    if (index % TEXTS_PER_YIELD === TEXTS_PER_YIELD - 1) await pause();
    const { spans, ...features } = featuresOf(given.text, given.shipped, given.embedding);
    const partition = sideOf(given.text);
    read.push({ features, given, partition });
    if (partition % HELD_OUT === 0) continue;
    features.ids.forEach((id, at) => {
      const found = seen.get(id);
      if (found) found.count++;
      else seen.set(id, { count: 1, in: index, span: spans[at] });
    });
  }
  const known = [...seen].filter(([, { count }]) => count >= MIN_TEXTS_PER_SIDE).sort(([a], [b]) => a - b);
  const indexById = new Map(known.map(([id], at) => [id, at]));
  const examples = read.map(({ features, given, partition }): Example => {
    const kept = [...features.ids.keys()].filter((each) => indexById.has(features.ids[each]));
    return {
      features: { prior: features.prior, meaning: features.meaning },
      at: Int32Array.from(kept, (each) => indexById.get(features.ids[each])!),
      sizes: Float32Array.from(kept, (each) => features.sizes[each]),
      labels: given.labels,
      isRefused: given.isRefused,
      weight: given.weight ?? 1,
      isAnchor: given.isAnchor ?? false,
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
