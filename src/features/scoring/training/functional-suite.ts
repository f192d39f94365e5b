import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import type { TextClassifier } from '../model/scorer.js';
import { HELD_OUT_CATEGORIES } from './abusive-texts/held-out-sentences.js';
import { FAIRNESS, SUITE } from './abusive-texts/suite.js';
import { disguise } from './abusive-texts/disguises.js';
import { fillTemplate } from './abusive-texts/fill-template.js';
import { randomFrom } from './random.js';

/** A sentence of the suite and the expected result for its label. */
export interface SuiteSentence {
  readonly name: string;
  readonly text: string;
  readonly label: ModelLabel;
  /** Whether the label's score must be .5 or above. */
  readonly positive: boolean;
  /** Not similar to any template used for training. */
  readonly unseen: boolean;
}

const SEED = 20_251;
const PER_FUNCTION = 60;
const HATE = MODEL_LABELS.indexOf('identityAttack');

/**
 * The suite's sentences, the same on every call; each function has `PER_FUNCTION` sentences, or as many as its
 * templates allow.
 */
export function suiteSentences(): SuiteSentence[] {
  const random = randomFrom(SEED);
  const sentences: SuiteSentence[] = [];
  for (const { name, label, positive, unseen, templates, spelled } of SUITE) {
    const found = new Set<string>();
    for (let i = 0; found.size < PER_FUNCTION && i < PER_FUNCTION * 6; i++) {
      const text = fillTemplate(templates[i % templates.length], random);
      found.add(spelled ? disguise(text, spelled, random) : text);
    }
    for (const text of found) sentences.push({ name, text, label, positive, unseen });
  }
  return sentences;
}

export interface FunctionResult {
  readonly name: string;
  readonly correct: number;
  readonly total: number;
}

/** @returns the share of correct results per function, and overall for functions seen and not seen in training */
export function suiteResults(scorer: TextClassifier): {
  functions: FunctionResult[];
  seen: number;
  unseen: number;
} {
  const functions = new Map<string, { correct: number; total: number }>();
  const sums = { seen: [0, 0], unseen: [0, 0] };
  for (const { name, text, label, positive, unseen } of suiteSentences()) {
    const correct = scorer.probabilities(text)[MODEL_LABELS.indexOf(label)] >= 0.5 === positive ? 1 : 0;
    const own = functions.get(name) ?? { correct: 0, total: 0 };
    functions.set(name, { correct: own.correct + correct, total: own.total + 1 });
    const sum = unseen ? sums.unseen : sums.seen;
    sum[0] += correct;
    sum[1]++;
  }
  return {
    functions: [...functions].map(([name, counts]) => ({ name, ...counts })),
    seen: sums.seen[0] / sums.seen[1],
    unseen: sums.unseen[0] / sums.unseen[1],
  };
}

/** @returns the share of correct results for the held-out sentences: per function, in total, and for either kind */
export function heldOutResults(scorer: TextClassifier): {
  functions: FunctionResult[];
  all: number;
  hateful: number;
  harmless: number;
} {
  const functions = HELD_OUT_CATEGORIES.map(({ name, hateful, sentences }) => {
    const correct = sentences.filter((text) => scorer.probabilities(text)[HATE] >= 0.5 === hateful).length;
    return { name, hateful, correct, total: sentences.length };
  });
  const share = (chosen: readonly FunctionResult[]): number =>
    chosen.reduce((sum, { correct }) => sum + correct, 0) / chosen.reduce((sum, { total }) => sum + total, 0);
  return {
    functions: functions.map(({ name, correct, total }) => ({ name, correct, total })),
    all: share(functions),
    hateful: share(functions.filter(({ hateful }) => hateful)),
    harmless: share(functions.filter(({ hateful }) => !hateful)),
  };
}

/**
 * Measures how often harmless sentences that name a group are mistaken for an attack at the thresholds of the default
 * policy, with the same sentences for every group.
 *
 * @param isAttack defines what counts as an attack; identityAttack or toxicity at .5 by default
 */
export function fairness(
  scorer: TextClassifier,
  isAttack: (probabilities: Float64Array) => boolean = (p) =>
    p[MODEL_LABELS.indexOf('identityAttack')] >= 0.5 || p[MODEL_LABELS.indexOf('toxicity')] >= 0.5,
): { groups: { group: string; rate: number; total: number }[]; spread: number; worst: number } {
  const groups = FAIRNESS.groups.map(([people, person, kindOf]) => {
    const texts = FAIRNESS.templates.map((template) =>
      template.replaceAll('{people}', people).replaceAll('{person}', person).replaceAll('{kindOf}', kindOf),
    );
    const mistakes = texts.filter((text) => isAttack(scorer.probabilities(text))).length;
    return { group: people, rate: mistakes / texts.length, total: texts.length };
  });
  const rates = groups.map(({ rate }) => rate);
  return { groups, spread: Math.max(...rates) - Math.min(...rates), worst: Math.max(...rates) };
}
