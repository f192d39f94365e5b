import type { Label } from '../scores.js';

/* Messages between the process and the thread of the operator's own model. */

export interface ToWorker {
  readonly id: number;
  readonly text: string;
}

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly outputs: readonly (Label | null)[];
      readonly use: 'instead' | 'beside';
      readonly runtime: string;
    }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'scores'; readonly id: number; readonly values: readonly number[] }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
