import type { ModelLabel } from '../model/labels.js';
import { disguise, type Disguise } from './abusive-texts/disguises.js';
import { PAIRS } from './abusive-texts/pairs.js';
import { TAUGHT, type Taught } from './abusive-texts/taught.js';
import { TAUGHT_ADVERTS, TAUGHT_PROMOTION } from './abusive-texts/taught-adverts.js';
import { TAUGHT_BUILDS } from './abusive-texts/taught-builds.js';
import { TAUGHT_HATE } from './abusive-texts/taught-hate.js';
import { TAUGHT_BESIDE, TAUGHT_MILD } from './abusive-texts/taught-mild.js';
import { FRAMES, TAUGHT_PEACE } from './abusive-texts/taught-peace.js';
import { TAUGHT_PLAIN } from './abusive-texts/taught-plain.js';
import { fill } from './abusive-texts/templates.js';
import type { Row } from './dataset.js';
import { randomFrom } from './random.js';

/** A sentence of our own and what it counts beside a comment of the files. */
export interface OwnSentence extends Row {
  readonly weight: number;
  /** Which template it was made of: its sentences are alike, and are held out together. */
  readonly template: number;
}

// A template's sentences are alike: together they count for a few comments.
const WEIGHT = 0.9;
const PAIR_WEIGHT = 2;
const PAIR_TIMES = 4;
// So many sentences of a template without a slot.
const PLAIN_TIMES = 3;
// How many sentences stand in a frame, and how many are misspelt.
const FRAMED = 0.3;
const MISSPELT = 0.08;
const MISSPELLINGS: readonly Disguise[] = ['swapped', 'dropped', 'joined', 'capitals', 'digits', 'masks'];

/** The sentences that the model is taught beside the files, each once: templates filled at random, and pairs. */
export function ownSentences(seed: number): OwnSentence[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const found = new Map<string, OwnSentence>();
  const add = (
    text: string,
    labels: Partial<Record<ModelLabel, number>>,
    weight: number,
    about: string,
    template: number,
  ): void => {
    if (!found.has(text)) found.set(text, { text, labels, weight, template, source: 'own', domain: about });
  };
  let template = 0;
  const vary = (text: string): string => {
    const spelt = random() < MISSPELT ? disguise(text, pick(MISSPELLINGS), random) : text;
    return random() < FRAMED ? fill(pick(FRAMES), random).replace('{}', () => spelt) : spelt;
  };
  const teach = ({ about, labels, times, templates, weight = 1 }: Taught): void => {
    for (const text of templates) {
      template++;
      const slots = /[[{]/.test(text) ? times : PLAIN_TIMES;
      for (let i = 0; i < slots; i++) add(vary(fill(text, random)), labels, WEIGHT * weight, about, template);
    }
  };
  for (const taught of [
    ...TAUGHT,
    ...TAUGHT_HATE,
    ...TAUGHT_PEACE,
    ...TAUGHT_MILD,
    ...TAUGHT_ADVERTS,
    ...TAUGHT_BUILDS,
  ])
    teach(taught);
  for (const [text, labels] of PAIRS) {
    template++;
    for (let i = 0; i < PAIR_TIMES; i++) add(fill(text, random), labels, PAIR_WEIGHT, 'pairs', template);
  }
  // Last, so that whatever is drawn for the others does not hang on these.
  for (const taught of [...TAUGHT_PLAIN, ...TAUGHT_BESIDE, ...TAUGHT_PROMOTION]) teach(taught);
  return [...found.values()];
}
