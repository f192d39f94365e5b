import { blankHangingObjects } from '../lexicon/hanging-objects.js';
import { readText, type Reading } from '../lexicon/reading.js';
import { NO_SCORE, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import { readingOf, type PhaseInput } from './phase.js';
import { ADVICE, ADDRESSED_PHRASES, ADDRESSED_PATTERN, INSTRUCTED_PATTERN } from './self-harm-phrases.js';

/*
 * Finds calls on somebody to harm or kill themselves, which the text model misses if they contain no rude word. Only
 * what is said to another person counts: people who write about their own distress say "myself" and are not matched.
 */

/** Above the default threshold for threats, including that for trusted readers. */
const BAITING = 0.75;

/** These are an order only after a word such as "just": "just rope" is one, "rope" alone is a thing. */
const NEEDS_ORDER_WORD = /^(?:rope|die|choke|overdose|od|drown|hang|burn|jump|suffocate|cut deeper)$/;
const AFTER_ORDER_WORD =
  /(?:^|[^\p{L}])(?:go|just|please|pls|plz|and|time to|hope (?:you|u)|should|already|do it|favou?r)[^\p{L}]*$/iu;
/** After these, the word is an ordinary verb: "just hang up", "please jump in". */
const ORDINARY_AFTER =
  /^\s+(?!in (?:a fire|hell))(?:up|on|out|around|in|back|onto|off|with|the|a|down|to|for|from|at|over|into|it|them|this|that|some|calories|fat)(?!\p{L})/iu;
const WEAPON = /[\u{1f52b}\u{1f52a}\u{1f480}\u2620]\ufe0f?/gu;

/** How much text around a match the patterns are tested on. Testing all of it for each match would be quadratic. */
const NEAR_CHARS = 200;
const LETTER = /\p{L}/u;

/**
 * The text right before an offset. Anything between the last letter and the offset, however long, becomes one
 * character.
 */
function textBefore(body: string, start: number): string {
  let end = start;
  while (end > 0 && !LETTER.test(body[end - 1])) end--;
  const gap = body.slice(end, start).trim() === '' ? ' ' : '-';
  return body.slice(Math.max(0, end - NEAR_CHARS), end) + (end < start ? gap : '');
}

const textAfter = (body: string, end: number): string => body.slice(end, end + NEAR_CHARS);

interface PlainText {
  readonly text: string;
  /** Raw offsets of the plain text's characters. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function plainOf(body: string, { tokens, compounds }: Reading): PlainText {
  const parts: { start: number; end: number; text: string }[] = [];
  // A word in symbols, "k1ll", replaces the tokens that it covers.
  const signs = new Map(
    compounds
      .filter(({ kind, forms }) => kind === 'signs' && /^[a-z']+$/.test(forms[0]))
      .map((compound) => [compound.from, compound]),
  );
  for (let index = 0; index < tokens.length; index++) {
    const compound = signs.get(index);
    const { text, forms, start, end } = tokens[index];
    if (compound && !forms.includes(text)) {
      parts.push({ start: compound.start, end: compound.end, text: compound.forms[0] });
      index = compound.to;
    } else parts.push({ start, end, text: /^[a-z']*$/.test(text) ? text : (forms[0] ?? text) });
  }
  for (const { 0: sign, index } of body.matchAll(WEAPON))
    parts.push({ start: index, end: index + sign.length, text: 'kill' });
  parts.sort((a, b) => a.start - b.start);
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const append = (piece: string, start: number, end: number): void => {
    for (let at = 0; at < piece.length; at++) {
      starts.push(start);
      ends.push(end);
    }
    text += piece;
  };
  let last = 0;
  for (const part of parts) {
    const gap = body.slice(last, part.start);
    if (text !== '') append(CLAUSE_BREAK.test(gap) ? ' ; ' : ' ', last, last);
    append(part.text, part.start, part.end);
    last = part.end;
  }
  if (CLAUSE_BREAK.test(body.slice(last))) append(' ;', last, body.length);
  return { text, starts, ends };
}
const CLAUSE_BREAK = /[.!?;:,\n…]/;

function* spansOf(pattern: RegExp, { text, starts, ends }: PlainText): Generator<Span> {
  for (const { 0: found, index } of text.matchAll(pattern))
    yield [starts[index], ends[index + found.length - 1]];
}

/** The advice is an order if only such words precede it. */
const IMPERATIVE_CLAUSE =
  /^(?:[^\p{L}]|(?:go|just|please|pls|plz|lol|lmao|haha|do|time|to|try|commit|why not|ok|okay|hey|so|then|now|and|or|bro|dude|mate|well|oh|maybe|honestly|seriously|idiot|moron|loser|clown|snowflake|libtard|everyone|everybody|u|you)(?![\p{L}']))*$/iu;
/** Right before the advice: somebody is told to do it, or it is wished on them. */
const ADVICE_LEAD_IN =
  /(?:^|[^\p{L}])(?:go(?: and)?|(?:you|u|ya|yall|y'all)(?: all)? (?:should|shud|can|could|must|need to|ought to|better)(?: (?:just|really|all|please|go|go and))*|(?:hope|wish) (?:you|u|they|he|she)(?: all| would)*|why (?:don'?t|do not|not)(?: you| u| they)?(?: just| all| go)*|(?:favou?r|thing) and|please|pls|plz|just|time to|just go)[^\p{L}]*$/iu;
const CLAUSE_END = /[.!?;:,\n…]/;
/** Somebody is asked not to do it. */
const NEGATED = /(?:^|[^\p{L}])(?:don['’]?t|do not|never|not to|cannot|can['’]?t)\s+$/iu;
const NO_ORDER_AFTER = /^\s*(?:in the foot|gorgeous|date|easily|on (?:sugar|chocolate|netflix|tv))/i;

/** Whether a match addresses somebody, judged by the words before and after it in its clause. */
function isAdvice(body: string, start: number, end: number): boolean {
  let from = start;
  let letters = 0;
  while (from > 0 && letters < NEAR_CHARS && !CLAUSE_END.test(body[from - 1]))
    if (LETTER.test(body[--from])) letters++;
  // In a long clause only the last words count.
  const clause = body
    .slice(from, start)
    .replace(letters < NEAR_CHARS ? '' : /^\p{L}+/u, '')
    .replace(/[’ʼ]/g, "'");
  if (NO_ORDER_AFTER.test(textAfter(body, end))) return false;
  // Nobody disguises words that they merely report.
  const isDisguised = !/^[\p{L}\s'’]+$/u.test(body.slice(start, end));
  return isDisguised || IMPERATIVE_CLAUSE.test(clause) || ADVICE_LEAD_IN.test(clause);
}

/** An opening quotation mark without a closing one, followed by few words, as in a quoted order. */
const OPEN_QUOTATION = /(?:["“«](?:\s*[\p{L}’']+,?){0,3}|['‘])\s*$/u;
const REPORTED =
  /(?:^|[^\p{L}])(?:said|says|told|tells|telling|wrote|writes|writing|read|reads|texted|tweeted|posted|shouted|shouting|screamed|sent|messages?|comments? like|phrase|words?|saying|writing)(?![\p{L}])[^.!?\n]*$/iu;
const REPORTED_AFTER =
  /^[^"”\n]{0,60}["”»]\s*,?\s*(?:[\p{L}'’]+\s+){0,4}(?:said|says|wrote|writes|told|texted|tweeted|posted|shouted|screamed|messages?)(?![\p{L}])/iu;
/** Attributed to others without quotation marks: "People who say kys should be banned", "he told me to kys". */
const MENTIONED =
  /(?:^|[^\p{L}])(?:who|people|trolls|kids|he|she|they|those)\s+(?:say|says|said|saying|write|wrote|post|posted|type|typed|scream|screamed)\s+$|(?:^|[^\p{L}])(?:tell|tells|telling|told)\s+(?:people|others|someone|somebody|me|him|her|them|kids)\s+to\s+(?:go\s+)?$/iu;

/** Returns a function that tells whether the number of quotation marks before an offset is odd. */
function quotedIn(body: string): (at: number) => boolean {
  let isOdd: Uint8Array | null = null;
  return (at) => {
    if (!isOdd) {
      isOdd = new Uint8Array(body.length + 1);
      for (let i = 0; i < body.length; i++) isOdd[i + 1] = isOdd[i] ^ (body[i] === '"' ? 1 : 0);
    }
    return isOdd[at] === 1;
  };
}

/** Whether it reports somebody else's words: The court heard that he wrote "kill yourself". */
const isReported = (body: string, [start, end]: Span, isQuoted: (at: number) => boolean): boolean => {
  const lead = body.slice(Math.max(0, start - 120), start);
  const isClosed = lead.includes('"') && !isQuoted(start);
  if (isClosed || !OPEN_QUOTATION.test(lead)) return MENTIONED.test(lead);
  return REPORTED.test(lead) || REPORTED_AFTER.test(body.slice(end, end + 160));
};

/** @returns `threat`, with spans over the matches */
export function selfHarmBaiting(input: Pick<PhaseInput, 'body'>): ScoreMap {
  const body = blankHangingObjects(input.body);
  const reading = body === input.body ? readingOf(input) : readText(body);
  const isQuoted = quotedIn(body);
  const plain = plainOf(body, reading);
  const phrases: Span[] = [...ADDRESSED_PHRASES.find(body, reading), ...spansOf(ADDRESSED_PATTERN, plain)];
  const adviceSpans: Span[] = [...ADVICE.find(body, reading), ...spansOf(INSTRUCTED_PATTERN, plain)];
  const spans = [
    ...phrases.filter(
      ([start, end]) => !NEGATED.test(textBefore(body, start)) && !NO_ORDER_AFTER.test(textAfter(body, end)),
    ),
    ...adviceSpans.filter(
      ([start, end]) =>
        isAdvice(body, start, end) &&
        (!NEEDS_ORDER_WORD.test(body.slice(start, end).toLowerCase()) ||
          (AFTER_ORDER_WORD.test(textBefore(body, start)) && !ORDINARY_AFTER.test(textAfter(body, end)))),
    ),
  ].filter((span) => !isReported(body, span, isQuoted));
  return { threat: spans.length === 0 ? NO_SCORE : { value: BAITING, spans: uniteSpans(spans) } };
}
