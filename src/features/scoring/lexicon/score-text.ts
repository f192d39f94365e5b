import { toValue, uniteSpans, type Label, type ScoreMap, type Span } from '../scores.js';
import { speaksToSomebody, weighInsult } from './insults.js';
import { nationPhrases, phrases, spamPhrases } from './lexicon.js';
import type { PhraseMatch } from './phrase-matcher.js';
import type { PhraseLevels } from './phrases.js';
import { readText } from './reading.js';
import { resolveWords, type Word } from './resolve.js';

export const LEXICON_LABELS = [
  'toxicity',
  'severeToxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
] as const satisfies readonly Label[];
type LexiconLabel = (typeof LEXICON_LABELS)[number];

// How much of each label is toxicity: swearing for emphasis is little of it, and the largest counts.
const SHARE_OF_TOXICITY = {
  identityAttack: 1,
  threat: 0.97,
  insult: 0.95,
  sexual: 0.6,
  profanity: 0.55,
} as const;
// A second finding adds a little: the rest of the way to 1, by this share.
const SECOND = 0.15;
// Below this a finding leaves no mark in the text.
const SHOWN = 0.1;

/** Collects what is found, label by label. */
class Findings {
  readonly values: Record<LexiconLabel, number> = {
    toxicity: 0, severeToxicity: 0, insult: 0, profanity: 0, threat: 0, identityAttack: 0, sexual: 0, spam: 0,
  }; // prettier-ignore
  private readonly spans = new Map<LexiconLabel, Span[]>();

  find(label: LexiconLabel, value: number, span: Span): void {
    this.values[label] = Math.max(this.values[label], value);
    if (value < SHOWN) return;
    const spans = this.spans.get(label);
    if (spans) spans.push(span);
    else this.spans.set(label, [span]);
  }

  scores(): ScoreMap {
    const toxic = (Object.keys(SHARE_OF_TOXICITY) as (keyof typeof SHARE_OF_TOXICITY)[]).flatMap(
      (label) => this.spans.get(label) ?? [],
    );
    const spansOf = (label: LexiconLabel): readonly Span[] =>
      label === 'toxicity' || label === 'severeToxicity'
        ? this.values[label] >= SHOWN
          ? toxic
          : []
        : (this.spans.get(label) ?? []);
    return Object.fromEntries(
      LEXICON_LABELS.map((label) => [
        label,
        { value: toValue(this.values[label]), spans: uniteSpans(spansOf(label)) },
      ]),
    );
  }
}

/**
 * What a lexicon of English words and phrases says about a text, also when its words are disguised: digits and signs
 * for letters, masks, spaces or punctuation between letters, stretched letters, homoglyphs, zero-width characters.
 *
 * @param raw any text; offsets of the spans are UTF-16 units into it
 * @returns every label of `LEXICON_LABELS`; 0 for what says nothing, which is also all a foreign language says
 */
export function scoreText(raw: string): ScoreMap {
  const words = resolveWords(readText(raw));
  const findings = new Findings();
  const spanOf = (from: number, to: number): Span => [words[from].start, words[to - 1].end];

  let swornAt = false;
  for (const sentence of sentencesOf(words)) {
    swornAt = findWords(sentence, raw, findings) || swornAt;
  }
  for (const match of [...phrases.match(words), ...nationPhrases.match(words)]) {
    const counter = isCounterSpeech(words, match) ? 0.45 : 1;
    const denied = isDenied(words, match) ? 0.3 : 1;
    for (const [label, level] of Object.entries(match.value) as [keyof PhraseLevels, number][]) {
      const weight = label === 'identityAttack' ? counter : Math.min(counter, denied);
      findings.find(label, level * weight, spanOf(match.from, match.to));
    }
  }
  if (/\u{1f595}/u.test(raw)) {
    const at = raw.indexOf('\u{1f595}');
    findings.find('insult', 0.55, [at, at + 2]);
    findings.find('profanity', 0.5, [at, at + 2]);
  }
  findSpam(raw, words, findings, spanOf);

  const { values } = findings;
  if (swornAt && values.profanity >= 0.5) values.profanity = Math.min(0.95, values.profanity + 0.1);
  const shares = Object.entries(SHARE_OF_TOXICITY)
    .map(([label, share]) => values[label as LexiconLabel] * share)
    .sort((a, b) => b - a);
  values.toxicity = shares[0] + (1 - shares[0]) * SECOND * shares[1];
  // Hate or threats, or an insult with swearing; squared, so that one mild word is far from severe.
  const gravest = Math.max(
    values.identityAttack,
    values.threat,
    values.insult * Math.max(0.5, values.profanity),
  );
  values.severeToxicity = 0.9 * gravest ** 2;
  return findings.scores();
}

/** @returns whether an insult in it is said to somebody */
function findWords(sentence: readonly Word[], raw: string, findings: Findings): boolean {
  let toSomebody = false;
  let insults = 0;
  const speaks = speaksToSomebody(sentence);
  sentence.forEach(({ levels, start, end }, at) => {
    if (!levels) return;
    const span: Span = [start, end];
    const isLast = at === sentence.length - 1;
    const endsAfterComma = isLast && at > 0 && raw.slice(sentence[at - 1].end, start).includes(',');
    const context = levels.insult ? weighInsult(sentence, at, { speaks, endsAfterComma }) : null;
    if (context) {
      findings.find('insult', Math.min(0.99, context.value + 0.03 * insults), span);
      if (context.toSomebody) {
        toSomebody = true;
        insults = Math.min(3, insults + 1);
      }
    }
    if (levels.profanity) findings.find('profanity', levels.profanity, span);
    if (levels.sexual) findings.find('sexual', levels.sexual, span);
    if (levels.identityAttack) {
      // The doubtful ones are slurs beyond doubt where they are said to somebody.
      const aimed = context?.toSomebody || isAddressed(sentence, at);
      findings.find('identityAttack', Math.min(0.99, levels.identityAttack * (aimed ? 1.3 : 1)), span);
      if (aimed) findings.find('insult', 0.7, span);
    }
  });
  return toSomebody;
}

const isAddressed = (sentence: readonly Word[], at: number): boolean =>
  sentence.slice(Math.max(0, at - 4), at).some(({ text }) => text === 'you' || text === 'yall');

// "It is racist to say that …", "nobody should …": who says so says the opposite.
const COUNTER =
  /\b(?:(?:wrong|racist|hateful|bigoted|disgusting|shameful|ridiculous|absurd|false|lie|myth|stereotype|nonsense|ignorant) (?:to|that)|(?:not|never) (?:say|saying|think|claim|true|believe|all|mean)|(?:people|those|anyone|everyone|whoever|idiots|bigots|racists) (?:who|that) (?:say|says|think|thinks|claim|claims|believe|believes|call|calls|shout|write)|(?:stop|quit) (?:saying|claiming|calling|telling|pretending)|nobody|no one|(?:said|says|claimed|claims|tweeted|shouted|told|wrote|calling|called) (?:that|me|us|him|her|them)?)\b/;

function isCounterSpeech(words: readonly Word[], { from }: PhraseMatch<unknown>): boolean {
  const sentence = words[from].sentence;
  let text = '';
  for (let at = from - 1; at >= 0 && at >= from - 8 && words[at].sentence === sentence; at--)
    text = `${words[at].text} ${text}`;
  return COUNTER.test(text);
}

// "I will not kill you", "please don't kill yourself". What says not of a group says so by its pattern.
function isDenied(words: readonly Word[], { from, to }: PhraseMatch<unknown>): boolean {
  const { sentence } = words[from];
  return words
    .slice(Math.max(0, from - 2), to)
    .some((word) => word.sentence === sentence && (word.text === 'not' || word.text === 'never'));
}

// Measured on nothing but the sentences of the spec: an address is what most advertising carries.
const WITH_LINK = 0.45;
const WITH_NUMBER = 0.4;
const WITH_SHOUTING = 0.25;

function findSpam(
  raw: string,
  words: readonly Word[],
  findings: Findings,
  spanOf: (from: number, to: number) => Span,
): void {
  const weights = new Map<number, number>();
  const taken = new Set<number>();
  const matches = spamPhrases.match(words).sort((a, b) => b.value - a.value);
  matches.forEach(({ value, from, to }, index) => {
    // One word is evidence once.
    for (let at = from; at < to; at++) if (taken.has(at) && to - from > 1) return;
    if (to - from === 1 && taken.has(from)) return;
    for (let at = from; at < to; at++) taken.add(at);
    // The same thing said ten times is not ten reasons.
    if (weights.size < 6) weights.set(index, value);
    findings.find('spam', Math.min(value, 0.3), spanOf(from, to));
  });
  const evidence = [...weights.values()];
  if (evidence.length === 0) return;
  const strongest = Math.max(...evidence);
  if (strongest >= 0.35 || evidence.length >= 2) {
    if (
      /https?:\/\/|www\.|\b[a-z0-9-]{1,63}\.(?:com|net|shop|xyz|top|site|online|store|club|info|biz)\b/i.test(
        raw,
      )
    )
      evidence.push(WITH_LINK);
    if (/\+?\d[\d\s().-]{8,20}\d/.test(raw)) evidence.push(WITH_NUMBER);
    if (/!{2,}|[💰💵🔥💸🤑]/u.test(raw)) evidence.push(WITH_SHOUTING);
  }
  const doubt = evidence.reduce((rest, weight) => rest * (1 - weight), 1);
  findings.values.spam = Math.max(findings.values.spam, 1 - doubt);
}

function* sentencesOf(words: readonly Word[]): Generator<readonly Word[]> {
  for (let from = 0; from < words.length;) {
    let to = from + 1;
    while (to < words.length && words[to].sentence === words[from].sentence) to++;
    yield words.slice(from, to);
    from = to;
  }
}
