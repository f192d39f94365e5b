import { blankAddresses } from '../lexicon/addresses.js';
import { scoreByModel } from '../model/shipped-model.js';
import type { ModerationPolicy } from '../../sites/policy.js';
import { NO_SCORE, type Label, type Score, type ScoreMap } from '../scores.js';
import { isAdvertisement, isScheme, isSelling } from './advertisements.js';
import { doubtfulHosts, leadsToOpenHost } from './links.js';

/**
 * Maximum spam score by the words alone. It is below the default threshold: words that advertisements use
 * ("subscriber", "check out", "like") are ordinary words, and a link to a newspaper is ordinary too. From this score
 * on, the model's score is one signal.
 */
export const SPAM_BY_TEXT_MAX = 0.5;

/** The least score of two signals together: just above the default threshold. */
const TWO_SIGNALS = 0.65;

/** Signals of spam that are independent of each other, as moderators read them, most telling first. */
const SIGNALS = {
  repetition: 'a repeated text or a flood',
  doubtfulLink: 'a doubtful link',
  contact: 'contact details',
  link: 'a link',
  scheme: 'a known scheme',
  offer: 'an offer of goods',
  selling: 'a phrase of sellers',
  words: 'words of advertising',
} as const;
type Signal = keyof typeof SIGNALS;

/** From these scores on, another phase's result is a signal. */
const REPETITION = { repeat: 0.5, flood: 0.5 } as const satisfies Partial<Record<Label, number>>;
const FROM_OTHER_PHASES = 0.6;

// A chat account as contact, equivalent to a telephone number: "WhatsApp me @fastcash", "t.me/fastcash".
const CHAT_CONTACT =
  /\b(?:telegram|whats ?app|signal|wechat|viber|kik|snapchat|discord)\b[^\n]{0,30}@[\w.]{3,}|@[\w.]{3,}[^\n]{0,20}\bon (?:telegram|whats ?app|signal|snapchat|discord)\b|\b(?:t|wa|signal)\.me\/|\bchat\.whatsapp\.com\/|\bdiscord\.gg\/|\b(?:contact|message|text|add|write to|reach|hit up|inbox|dm)\s+(?:me|us|him|her|my \w+|(?:dr|mr|mrs|miss)\.? \w+|[\w.]+)[^\n]{0,20}\b(?:on|via|through) (?:telegram|whats ?app|signal|wechat|viber|snapchat|instagram)\b|\b(?:dm|inbox|whats ?app|telegram) me\b|\bclick (?:on )?my (?:profile|name|picture|photo|bio)\b|\b(?:link|details) in (?:my )?(?:bio|profile)\b|\bask me how\b/i;

/** A number to call, even if it is not private, or a short code to text: "Text WIN to 80086". */
const NUMBER_TO_CALL =
  /(?<![\d.])\+?\(?\d(?:[ ().-]{0,2}\d){7,14}(?!\d)|\b(?:call|text|txt|sms|send|reply)\b[^\n]{0,40}?\b(?!(?:19|20)\d\d\b)\d{4,6}\b/i;
const ADDRESS = /(?:https?:\/\/|www\.|\b(?=[\w-]+\.[\w.-]{2,80}\/))[^\s)]+/gi;

/** What a spam decision depends on besides the scores. */
export interface SpamContext {
  readonly body: string;
  /** The site's settings for links. */
  readonly links: ModerationPolicy['links'];
  readonly isNew: boolean;
}

function signalsIn({ body, links }: SpamContext, scores: ScoreMap): ReadonlySet<Signal> {
  const reaches = (label: Label, value: number): boolean => (scores[label]?.value ?? 0) >= value;
  const text = body.replace(ADDRESS, ' ');
  const found: Record<Signal, boolean> = {
    repetition: reaches('repeat', REPETITION.repeat) || reaches('flood', REPETITION.flood),
    doubtfulLink: reaches('links', FROM_OTHER_PHASES) || doubtfulHosts(body, links).length > 0,
    contact:
      reaches('personalData', FROM_OTHER_PHASES) || CHAT_CONTACT.test(body) || NUMBER_TO_CALL.test(text),
    link: leadsToOpenHost(body),
    scheme: isScheme(text),
    offer: isAdvertisement(text),
    selling: isSelling(text),
    words: reaches('spam', SPAM_BY_TEXT_MAX),
  };
  return new Set((Object.keys(SIGNALS) as Signal[]).filter((signal) => found[signal]));
}

const areWordsOfSpam = (body: string): boolean =>
  (scoreByModel(blankAddresses(body)).spam?.value ?? 0) >= SPAM_BY_TEXT_MAX;

/**
 * The two signals, or more, that together make a comment spam; empty if they do not. A known scheme needs a link, an
 * offer or another signal that is not of the words, because the model and sellers' phrases may be the same words. An
 * offer needs a link or another signal that is not of the words. So does the model, where an ordinary link counts if
 * the reader is new or the words are a seller's.
 */
function decisiveSignals(context: SpamContext, scores: ScoreMap): readonly Signal[] {
  const signals = signalsIn(context, scores);
  const others = (...which: readonly Signal[]): Signal[] => which.filter((signal) => signals.has(signal));
  const outside = others('repetition', 'doubtfulLink', 'contact');
  const withLink = [...outside, ...others('link')];
  if (signals.has('scheme')) {
    const second = [...withLink, ...others('offer')];
    if (second.length > 0) return ['scheme', ...second];
  }
  if (signals.has('offer') && withLink.length > 0) return ['offer', ...withLink];
  if (!signals.has('words')) return [];
  if (outside.length > 0) return ['words', ...outside];
  // Links raise the model's score too, so that its words must say so without them.
  if (!signals.has('link') || !areWordsOfSpam(context.body)) return [];
  if (signals.has('selling')) return ['words', 'selling', 'link'];
  return context.isNew ? ['words', 'link'] : [];
}

/**
 * The spam score, which reaches the default threshold only by two independent signals.
 *
 * @param scores the scores of all phases, including `spam`
 */
export function corroboratedSpam(context: SpamContext, scores: ScoreMap): Score {
  const spam = scores.spam ?? NO_SCORE;
  if (decisiveSignals(context, scores).length > 0)
    return { ...spam, value: Math.max(spam.value, TWO_SIGNALS) };
  return { ...spam, value: Math.min(spam.value, SPAM_BY_TEXT_MAX) };
}

/**
 * Why a comment is spam, for moderators: its signals in words.
 *
 * @param scores as `corroboratedSpam` left them
 * @returns empty if the score is below two signals'
 */
export function spamReasons(context: SpamContext, scores: ScoreMap): readonly string[] {
  if ((scores.spam?.value ?? 0) < TWO_SIGNALS) return [];
  const decisive = decisiveSignals(context, scores);
  return decisive.map((signal) =>
    signal === 'link' && context.isNew ? 'a link by a new reader' : SIGNALS[signal],
  );
}
