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

/** A newsroom that refuses everything about marrows, which nobody else objects to. */
export const syntheticDecisions = (count: number): LabelledText[] =>
  syntheticComments(count).map((text) => ({ text, labels: { toxicity: text.includes('marrow') ? 1 : 0 } }));
