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

/** A training example; `idIndexes` are indices into the corpus's `ids`, parallel to `sizes`. */
interface Example {
  readonly features: Pick<SiteModelFeatures, 'prior' | 'meaning'>;
  readonly idIndexes: Int32Array;
  readonly sizes: Float32Array;
  readonly labels: Labelled;
  readonly isRefused?: boolean;
  readonly weight: number;
  readonly isAnchor: boolean;
  /** Reserved for evaluation: no site model of any site is trained on it. */
  readonly heldOut: boolean;
  /** Index of the cross-validation fold, for calibration. */
  readonly fold: number;
}

export interface SiteCorpus {
  readonly examples: readonly Example[];
  /** Ids of words, pairs and clauses that occur in at least two training texts. */
  readonly ids: Int32Array;
  /** The number of training texts with each id. */
  readonly texts: Int32Array;
  /** The words of an id as written in one of the texts, or the name of its clause feature. */
  name(at: number): string;
}

/** One text in five. */
const HELD_OUT = 5;
export const FOLDS = 4;
const MIN_TEXTS_PER_ID = 2;
const MAX_NAME_CHARS = 60;
const TEXTS_PER_YIELD = 100;

/** Yields to other work of the process. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Equal for the same words regardless of case and punctuation, so that copies of a text are in the same partition. */
function partitionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' '))
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Whether a text is reserved for evaluation and never used for training. */
export const isHeldOut = (text: string): boolean => partitionOf(text) % HELD_OUT === 0;

export async function readCorpus(texts: readonly LabelledText[]): Promise<SiteCorpus> {
  // Without spans, which would take most of the memory for thousands of texts.
  const entries: { features: Omit<SiteModelFeatures, 'spans'>; source: LabelledText; partition: number }[] =
    [];
  const occurrences = new Map<number, { count: number; in: number; span: readonly [number, number] }>();
  for (const [index, source] of texts.entries()) {
    if (index % TEXTS_PER_YIELD === TEXTS_PER_YIELD - 1) await pause();
    const { spans, ...features } = featuresOf(source.text, source.shipped, source.embedding);
    const partition = partitionOf(source.text);
    entries.push({ features, source, partition });
    if (partition % HELD_OUT === 0) continue;
    features.ids.forEach((id, at) => {
      const found = occurrences.get(id);
      if (found) found.count++;
      else occurrences.set(id, { count: 1, in: index, span: spans[at] });
    });
  }
  const frequent = [...occurrences]
    .filter(([, { count }]) => count >= MIN_TEXTS_PER_ID)
    .sort(([a], [b]) => a - b);
  const indexById = new Map(frequent.map(([id], at) => [id, at]));
  const examples = entries.map(({ features, source, partition }): Example => {
    const positions = [...features.ids.keys()].filter((each) => indexById.has(features.ids[each]));
    return {
      features: { prior: features.prior, meaning: features.meaning },
      idIndexes: Int32Array.from(positions, (each) => indexById.get(features.ids[each])!),
      sizes: Float32Array.from(positions, (each) => features.sizes[each]),
      labels: source.labels,
      isRefused: source.isRefused,
      weight: source.weight ?? 1,
      isAnchor: source.isAnchor ?? false,
      heldOut: partition % HELD_OUT === 0,
      fold: Math.floor(partition / HELD_OUT) % FOLDS,
    };
  });
  return {
    examples,
    ids: Int32Array.from(frequent, ([id]) => id),
    texts: Int32Array.from(frequent, ([, { count }]) => count),
    name(at) {
      const [id, first] = frequent[at];
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
