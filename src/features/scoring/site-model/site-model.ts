import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { sigmoid } from '../scores.js';
import { SITE_LABELS, type SiteLabel } from './site-labels.js';
import { FIXED, fixedSize, meaningSum, type SiteModelFeatures } from './site-model-features.js';

/** How one label's weights differ from the shipped ones, and the calibration of its logit for this site. */
export interface LabelDelta {
  /** Weights of the shipped logits and the constant. */
  readonly fixed: readonly number[];
  readonly slope: number;
  readonly offset: number;
}

/**
 * A model trained on a site's decisions: a sparse difference to the shipped model, for labels with good enough
 * results.
 */
export interface SiteModel {
  /** The version of the shipped models that it is a difference to; invalid with any other. */
  readonly modelVersion: string;
  readonly labels: Readonly<Partial<Record<SiteLabel, LabelDelta>>>;
  /** Ids of words, word pairs and clauses, ascending. */
  readonly ids: Int32Array;
  /** `[at * labels + label]`, in the order of `SITE_LABELS`. */
  readonly deltas: Float32Array;
  /** `[label * DIMENSIONS + number]`: weights of the numbers of an embedding. */
  readonly meaning: Float32Array;
}

const LABELS = SITE_LABELS.length;
const MAGIC = 'PBHEAD02';
const MEANING_BYTES = 4 * LABELS * DIMENSIONS;

/** A site model prepared for repeated use. */
export class LoadedSiteModel {
  private readonly index: Map<number, number>;

  constructor(readonly model: SiteModel) {
    this.index = new Map(Array.from(model.ids, (id, at) => [id, at]));
  }

  /** @returns the probability for this site; null for a label that the site model does not have */
  probability(label: SiteLabel, features: SiteModelFeatures): number | null {
    const delta = this.model.labels[label];
    if (!delta) return null;
    return sigmoid(delta.slope * this.logit(label, delta, features) + delta.offset);
  }

  /**
   * What raised the label's logit in this text, by word: in the text's order, like the explanation of the shipped
   * model.
   */
  reasons(label: SiteLabel, { ids, sizes, spans }: SiteModelFeatures, minChange: number): [number, number][] {
    const at = SITE_LABELS.indexOf(label);
    return [...ids.keys()]
      .filter((each) => this.deltaOf(ids[each], at) * sizes[each] >= minChange)
      .map((each): [number, number] => [...spans[each]]);
  }

  private logit(label: SiteLabel, { fixed }: LabelDelta, features: SiteModelFeatures): number {
    const at = SITE_LABELS.indexOf(label);
    const { prior, meaning, ids, sizes } = features;
    let sum = prior[at];
    for (let each = 0; each < FIXED; each++) sum += fixed[each] * fixedSize(each, features);
    for (let each = 0; each < ids.length; each++) sum += this.deltaOf(ids[each], at) * sizes[each];
    if (!meaning) return sum;
    return sum + meaningSum(meaning, this.model.meaning.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS));
  }

  private deltaOf(id: number, label: number): number {
    const at = this.index.get(id);
    return at === undefined ? 0 : this.model.deltas[at * LABELS + label];
  }
}

/**
 * Format: eight letters, the length of the JSON that follows (32 bits, little-endian), then the weights
 * of the embedding, the ids and the deltas.
 */
export function encodeSiteModel({ modelVersion, labels, ids, deltas, meaning }: SiteModel): Buffer {
  const json = Buffer.from(JSON.stringify({ modelVersion, labels }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(MAGIC), size, json, bytesOf(meaning), bytesOf(ids), bytesOf(deltas)]);
}

const bytesOf = (numbers: Int32Array | Float32Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** @throws {Error} if the bytes are not a site model, are truncated, or belong to other labels */
export function decodeSiteModel(bytes: Uint8Array): SiteModel {
  const file = Buffer.from(bytes);
  const start = MAGIC.length + 4;
  if (file.length < start || file.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new Error('not a site model');
  const jsonBytes = file.readUInt32LE(MAGIC.length);
  const idBytes = file.length - start - jsonBytes - MEANING_BYTES;
  const bytesPerId = 4 * (1 + LABELS);
  if (idBytes < 0 || idBytes % bytesPerId !== 0) throw new Error('the site model is truncated');
  const { modelVersion, labels } = JSON.parse(file.toString('utf8', start, start + jsonBytes)) as Pick<
    SiteModel,
    'modelVersion' | 'labels'
  >;
  for (const [label, { fixed }] of Object.entries(labels))
    if (!(SITE_LABELS as readonly string[]).includes(label) || fixed.length !== FIXED)
      throw new Error('the site model was made for a different set of labels');
  // Copied because typed arrays must be aligned to four bytes.
  const numbers = new Uint8Array(file.subarray(start + jsonBytes)).buffer;
  const count = idBytes / bytesPerId;
  return {
    modelVersion,
    labels,
    meaning: new Float32Array(numbers, 0, LABELS * DIMENSIONS),
    ids: new Int32Array(numbers, MEANING_BYTES, count),
    deltas: new Float32Array(numbers, MEANING_BYTES + 4 * count, LABELS * count),
  };
}
