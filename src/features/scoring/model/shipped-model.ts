import { readFileSync } from 'node:fs';
import { decodeModel } from './model-file.js';
import { scoreText } from './score-map.js';
import { Scorer } from './scorer.js';
import type { ScoreMap } from '../scores.js';

/** Location of the shipped model; `npm run train` writes it. */
export const SHIPPED_MODEL = new URL('./shipped-model.bin', import.meta.url);

let shipped: Scorer | undefined;

/**
 * The shipped model, loaded once per process.
 *
 * @throws {Error} if the file is missing or invalid; every comment is then held
 */
export const shippedScorer = (): Scorer => (shipped ??= new Scorer(decodeModel(readFileSync(SHIPPED_MODEL))));

/**
 * Scores a text with the shipped model.
 *
 * @param text any text; spans are UTF-16 units into it
 * @param adjust see `scoreText`
 */
export const scoreByModel = (text: string, adjust?: (scores: ScoreMap) => ScoreMap): ScoreMap =>
  scoreText(shippedScorer(), text, adjust);
