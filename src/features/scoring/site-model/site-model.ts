import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { sigmoid } from '../scores.js';
import { FIXED, fixedSize, type SiteModelFeatures } from './site-model-features.js';

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
  /** The version of the shipped model that it is a difference to; invalid with any other. */
  readonly modelVersion: string;
  readonly labels: Readonly<Partial<Record<ModelLabel, LabelDelta>>>;
  /** Ids of words, word pairs and clauses, ascending. */
  readonly ids: Int32Array;
  /** `[at * labels + label]`, in the order of `MODEL_LABELS`. */
  readonly deltas: Float32Array;
}

const LABELS = MODEL_LABELS.length;
const MAGIC = 'PBHEAD01';

/** A site model prepared for repeated use. */
export class LoadedSiteModel {
  private readonly index: Map<number, number>;

  constructor(readonly model: SiteModel) {
    this.index = new Map(Array.from(model.ids, (id, at) => [id, at]));
  }

  /** @returns the probability for this site; null for a label that the site model does not have */
  probability(label: ModelLabel, features: SiteModelFeatures): number | null {
    const delta = this.model.labels[label];
    if (!delta) return null;
    return sigmoid(delta.slope * this.logit(label, delta, features) + delta.offset);
  }

  /**
   * What raised the label's logit in this text, by word: in the text's order, like the explanation of the shipped
   * model.
   */
  reasons(label: ModelLabel, { ids, sizes, spans }: SiteModelFeatures, least: number): [number, number][] {
    const at = MODEL_LABELS.indexOf(label);
    return [...ids.keys()]
      .filter((each) => this.deltaOf(ids[each], at) * sizes[each] >= least)
      .map((each): [number, number] => [...spans[each]]);
  }

  private logit(label: ModelLabel, { fixed }: LabelDelta, features: SiteModelFeatures): number {
    const at = MODEL_LABELS.indexOf(label);
    const { prior, ids, sizes } = features;
    let sum = prior[at];
    for (let each = 0; each < FIXED; each++) sum += fixed[each] * fixedSize(each, features);
    for (let each = 0; each < ids.length; each++) sum += this.deltaOf(ids[each], at) * sizes[each];
    return sum;
  }

  private deltaOf(id: number, label: number): number {
    const at = this.index.get(id);
    return at === undefined ? 0 : this.model.deltas[at * LABELS + label];
  }
}

/** Format: eight letters, the length of the JSON that follows (32 bits, little-endian), then ids and deltas. */
export function encodeSiteModel({ modelVersion, labels, ids, deltas }: SiteModel): Buffer {
  const json = Buffer.from(JSON.stringify({ modelVersion, labels }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(MAGIC), size, json, bytesOf(ids), bytesOf(deltas)]);
}

const bytesOf = (numbers: Int32Array | Float32Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** @throws {Error} if the bytes are not a site model, are truncated, or belong to other labels */
export function decodeSiteModel(bytes: Uint8Array): SiteModel {
  const file = Buffer.from(bytes);
  const start = MAGIC.length + 4;
  if (file.length < start || file.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new Error('not a site model');
  const json = file.readUInt32LE(MAGIC.length);
  const rest = file.length - start - json;
  const each = 4 * (1 + LABELS);
  if (rest < 0 || rest % each !== 0) throw new Error('the site model is truncated');
  const { modelVersion, labels } = JSON.parse(file.toString('utf8', start, start + json)) as Pick<
    SiteModel,
    'modelVersion' | 'labels'
  >;
  for (const [label, { fixed }] of Object.entries(labels))
    if (!(MODEL_LABELS as readonly string[]).includes(label) || fixed.length !== FIXED)
      throw new Error('the site model was made for a different set of labels');
  // Copied because typed arrays must be aligned to four bytes.
  const numbers = new Uint8Array(file.subarray(start + json)).buffer;
  const count = rest / each;
  return {
    modelVersion,
    labels,
    ids: new Int32Array(numbers, 0, count),
    deltas: new Float32Array(numbers, 4 * count, LABELS * count),
  };
}
