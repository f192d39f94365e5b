import type { ModelLabel } from '../model/labels.js';
import { disguise, type Disguise } from './abusive-texts/disguises.js';
import { MINIMAL_PAIRS } from './abusive-texts/minimal-pairs.js';
import { CORE_TEMPLATES, type TrainingTemplate } from './abusive-texts/core-templates.js';
import { ADVERT_TEMPLATES, PROMOTION_TEMPLATES } from './abusive-texts/advert-templates.js';
import { CONSTRUCTION_TEMPLATES } from './abusive-texts/construction-templates.js';
import { HATE_TEMPLATES } from './abusive-texts/hate-templates.js';
import {
  MIXED_TARGET_TEMPLATES,
  MITIGATED_INSULT_TEMPLATES,
} from './abusive-texts/mitigated-insult-templates.js';
import { FRAMES, HARMLESS_TEMPLATES } from './abusive-texts/harmless-templates.js';
import { NEUTRAL_TEMPLATES } from './abusive-texts/neutral-templates.js';
import { fillTemplate } from './abusive-texts/fill-template.js';
import type { Row } from './dataset.js';
import { randomFrom } from './random.js';

/** A sentence of our own and its weight relative to a comment from the training files. */
export interface SyntheticSentence extends Row {
  readonly weight: number;
  /** The template that it was generated from. Sentences of one template are similar and are held out together. */
  readonly template: number;
}

// A template's sentences are similar, so by default each counts less than a comment.
const WEIGHT = 0.9;
const PAIR_WEIGHT = 2;
const PAIR_TIMES = 4;
// Number of sentences from a template without a slot.
const SENTENCES_WITHOUT_SLOT = 3;
// Shares of sentences put into one of `FRAMES`, and of misspelt ones.
const FRAMED = 0.3;
const MISSPELT = 0.08;
const MISSPELLINGS: readonly Disguise[] = ['swapped', 'dropped', 'joined', 'capitals', 'digits', 'masks'];

/**
 * Generates the training sentences that complement the files, without duplicates: randomly filled templates and minimal
 * pairs.
 */
export function generateSyntheticSentences(seed: number): SyntheticSentence[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const found = new Map<string, SyntheticSentence>();
  const add = (
    text: string,
    labels: Partial<Record<ModelLabel, number>>,
    weight: number,
    topic: string,
    template: number,
  ): void => {
    if (!found.has(text)) found.set(text, { text, labels, weight, template, source: 'own', domain: topic });
  };
  let template = 0;
  const vary = (text: string): string => {
    const disguised = random() < MISSPELT ? disguise(text, pick(MISSPELLINGS), random) : text;
    return random() < FRAMED ? fillTemplate(pick(FRAMES), random).replace('{}', () => disguised) : disguised;
  };
  const addExamples = ({ about: topic, labels, times, templates, weight = 1 }: TrainingTemplate): void => {
    for (const text of templates) {
      template++;
      const sentenceCount = /[[{]/.test(text) ? times : SENTENCES_WITHOUT_SLOT;
      for (let i = 0; i < sentenceCount; i++)
        add(vary(fillTemplate(text, random)), labels, WEIGHT * weight, topic, template);
    }
  };
  for (const templateSet of [
    ...CORE_TEMPLATES,
    ...HATE_TEMPLATES,
    ...HARMLESS_TEMPLATES,
    ...MITIGATED_INSULT_TEMPLATES,
    ...ADVERT_TEMPLATES,
    ...CONSTRUCTION_TEMPLATES,
  ])
    addExamples(templateSet);
  for (const [text, labels] of MINIMAL_PAIRS) {
    template++;
    for (let i = 0; i < PAIR_TIMES; i++)
      add(fillTemplate(text, random), labels, PAIR_WEIGHT, 'pairs', template);
  }
  // Last, so that the random draws for the others do not depend on these.
  for (const templateSet of [...NEUTRAL_TEMPLATES, ...MIXED_TARGET_TEMPLATES, ...PROMOTION_TEMPLATES])
    addExamples(templateSet);
  return [...found.values()];
}
