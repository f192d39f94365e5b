import type { Word } from './resolve.js';
import { gravity } from './lexicon.js';

/*
 * Who an insult is for. A word that belittles weighs more when it is said to somebody, and less when it is about
 * the writer, denied, reported or said of a thing. Weights by hand, on sentences of our own in the spec.
 */
const TO_SOMEBODY = 1.5;
const ANSWERING = 1.15; // the sentence speaks to somebody, the word may be for somebody else
const ABOUT_A_THING = 0.6;
const DENIED = 0.35;
const REPORTED = 0.5;
const ABOUT_ONESELF = 0.3;
const SWORN = 0.1;

const YOU = new Set('you yall yourself yourselves'.split(' '));
const YOURS = new Set('you your yours yall yourself yourselves'.split(' '));
const COPULA = new Set(
  'are is be am were was r re sound sounds look looks act acting seem being been remain'.split(' '),
);
const OTHERS = new Set(
  'he she they it who that which this these those we i him her them his their its our my and but because if when'.split(
    ' ',
  ),
);
const NOT = new Set('not never no nor neither hardly cannot'.split(' '));
const CALLING = new Set('call called calls calling named labelled labeled labels dubbed'.split(' '));
const ARTICLES = new Set('a an such so just'.split(' '));
const REACH = 7;

export interface InsultContext {
  /** 0 to 1. */
  readonly value: number;
  readonly toSomebody: boolean;
}

/** Whether a sentence speaks to somebody at all; asked once per sentence. */
export function speaksToSomebody(sentence: readonly Word[]): boolean {
  return sentence.some(({ text }) => YOURS.has(text));
}

/**
 * How strong the insult at this word is where it stands.
 *
 * @param sentence the words of one sentence, in order
 * @param at the index of a word whose levels have an insult
 * @param speaks what `speaksToSomebody` says of the sentence
 * @param endsAfterComma whether the word ends its sentence after a comma, as an address does: "…, scum"
 */
export function weighInsult(
  sentence: readonly Word[],
  at: number,
  { speaks, endsAfterComma }: { speaks: boolean; endsAfterComma: boolean },
): InsultContext {
  const { insult = 0, adjective = false } = sentence[at].levels!;
  const before = sentence.slice(Math.max(0, at - REACH), at).reverse();
  const near = before.slice(0, 3);

  const toSomebody = isToSomebody(before, sentence, at) || (speaks && endsAfterComma);
  let value = insult;
  if (toSomebody) value *= TO_SOMEBODY;
  else if (adjective) value *= ABOUT_A_THING;
  else if (speaks) value *= ANSWERING;
  // An intensifier beside it: "fucking idiot".
  if (near.slice(0, 2).some(({ levels }) => levels && (levels.profanity ?? 0) >= 0.5))
    value += toSomebody ? SWORN : SWORN / 2;

  const upToSubject = before.slice(0, 4);
  if (upToSubject.some(({ text }) => NOT.has(text))) return { value: value * DENIED, toSomebody: false };
  if (before.slice(0, 5).some(({ text }) => CALLING.has(text)))
    return { value: value * REPORTED, toSomebody: false };
  if (isAboutOneself(upToSubject)) return { value: value * ABOUT_ONESELF, toSomebody: false };
  return { value: Math.min(0.98, value), toSomebody };
}

/** @param before the words before it, nearest first */
function isToSomebody(before: readonly Word[], sentence: readonly Word[], at: number): boolean {
  for (const [distance, { text }] of before.entries()) {
    const between = before.slice(0, distance);
    if (YOU.has(text)) {
      // "you fucking idiot", "you are all such idiots", "are you stupid", and no other verb between.
      const behind = before[distance + 1]?.text ?? '';
      return distance <= 2 && between.every(({ levels, text: word }) => levels !== null || FILLERS.has(word))
        ? true
        : between.some(({ text: word }) => COPULA.has(word)) || (COPULA.has(behind) && distance <= 3);
    }
    // "your an idiot"
    if (text === 'your') return distance >= 1 && distance <= 3 && ARTICLES.has(before[distance - 1].text);
    if (OTHERS.has(text)) break;
  }
  // "Idiot." alone, or "idiot you"
  const next = sentence[at + 1]?.text;
  return (
    (next !== undefined && YOU.has(next) && at + 2 === sentence.length) ||
    (sentence.length === 1 && gravity(sentence[0].levels!) >= 0.5)
  );
}

const FILLERS = new Set(
  'a an absolute complete total utter stupid little people lot bunch of are real such so very all old pathetic sad poor ignorant'.split(
    ' ',
  ),
);

function isAboutOneself(before: readonly Word[]): boolean {
  const subject = before.findIndex(({ text }) => text === 'i' || text === 'we');
  return (
    subject > 0 &&
    before
      .slice(0, subject)
      .some(({ text }) => ['am', 'was', 'were', 'feel', 'felt', 'look', 'be', 'are'].includes(text)) &&
    !before.slice(0, subject).some(({ text }) => YOU.has(text))
  );
}
