import type { Label } from '../scores.js';

/** Sent by the custom model's thread once the model is loaded. */
export interface LoadedModelInfo {
  /** A label per output of the model, in order; null for one that is not used. */
  readonly outputs: readonly (Label | null)[];
  readonly use: 'instead' | 'beside';
  readonly runtime: string;
}
