import type { ModelLabel } from '../model/labels.js';
import type { Row } from './dataset.js';
import { PAIRS } from './abusive-texts/pairs.js';
import { TAUGHT } from './abusive-texts/taught.js';
import { fill } from './abusive-texts/templates.js';
import { randomFrom } from './random.js';

/** A sentence of our own and what it counts beside a comment of the files. */
export type OwnSentence = Row & { readonly weight: number };

// A template's sentences are alike: together they count for a few comments.
const WEIGHT = 0.35;
const PAIR_WEIGHT = 1.5;

/** The sentences that the model is taught beside the files, each once: templates filled at random, and pairs. */
export function ownSentences(seed: number): OwnSentence[] {
  const random = randomFrom(seed);
  const found = new Map<string, OwnSentence>();
  const add = (
    text: string,
    labels: Partial<Record<ModelLabel, number>>,
    weight: number,
    about: string,
  ): void => {
    if (!found.has(text)) found.set(text, { text, labels, weight, source: 'own', domain: about });
  };
  for (const { about, labels, times, templates } of TAUGHT)
    for (const template of templates) {
      const slots = /[[{]/.test(template) ? times : 3;
      for (let i = 0; i < slots; i++) add(fill(template, random), labels, WEIGHT, about);
    }
  for (const [text, labels] of PAIRS)
    for (let i = 0; i < 4; i++) add(fill(text, random), labels, PAIR_WEIGHT, 'pairs');
  return [...found.values()];
}
