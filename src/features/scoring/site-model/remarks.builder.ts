import { scoreByModel } from '../model/shipped-model.js';
import { addRefusal } from '../refusal.js';
import type { Labelled } from './decision-labels.js';
import type { LabelledText } from './site-corpus.js';

const [WHO, DID, WHAT, WHEN] = [
  ['The council', 'Our mayor', 'A reader', 'The bus company', 'My neighbour', 'The school', 'This paper'],
  ['wants', 'forgot', 'defends', 'pays for', 'measures', 'paints', 'talks about', 'dislikes'],
  [
    'the new bridge',
    'a longer summer',
    'the marrow contest',
    'an empty library',
    'the old harbour',
    'two more trams',
  ],
  ['this week', 'again', 'since spring', 'every year', 'without a plan', 'and nobody asked', 'at last'],
];

/** For specs: the given number of different remarks on local matters. A third of them is about marrows. */
export function syntheticComments(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) =>
      `${WHO[at % 7]} ${DID[(at * 3 + Math.floor(at / 7)) % 8]} ${at % 3 === 0 ? WHAT[2] : WHAT[(at * 5) % 6]} ${WHEN[Math.floor(at / 5) % 7]}, no. ${at}.`,
  );
}

/** For specs: a text as the n-gram model alone scores it. */
export const labelledText = (text: string, labels: Labelled): LabelledText => ({
  text,
  labels,
  shipped: addRefusal(scoreByModel(text)),
  embedding: null,
});

/** A newsroom that refuses everything about marrows, which nobody else objects to. */
export const syntheticDecisions = (count: number): LabelledText[] =>
  syntheticComments(count).map((text) => labelledText(text, { toxicity: text.includes('marrow') ? 1 : 0 }));

const ANIMALS = 'goat sheep cow horse donkey hen duck goose pig rabbit cat dog'.split(' ');
const ACTS = 'ate kicked chased ignored followed bit'.split(' ');
const FARM = 'fence bucket haystack barn gate cart'.split(' ');
const OFFICES =
  'treasury auditor ministry bank accountant senate regulator court agency committee insurer broker'.split(
    ' ',
  );
const DEEDS = 'raised reviewed approved delayed taxed cancelled'.split(' ');
const MONEY = 'budget tariff pension mortgage dividend invoice'.split(' ');

/** For specs: a newsroom that refuses remarks about farm animals and approves those about money. */
export function paraphrases(): { text: string; isRefused: boolean }[] {
  const sentences = (who: string[], did: string[], what: string[]): string[] =>
    who.flatMap((one, at) =>
      did.flatMap((act, by) => [`The ${one} ${act} the ${what[(at + by) % what.length]}.`]),
    );
  return [
    ...sentences(ANIMALS, ACTS, FARM).map((text) => ({ text, isRefused: true })),
    ...sentences(OFFICES, DEEDS, MONEY).map((text) => ({ text, isRefused: false })),
  ];
}
