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

/** Minimum score of two signals together: just above the default threshold. */
const TWO_SIGNALS = 0.65;

/** Independent signals of spam, strongest first, in the words that moderators read. */
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

/** From these scores on, the result of another phase is a signal. */
const REPETITION = { repeat: 0.5, flood: 0.5 } as const satisfies Partial<Record<Label, number>>;
const MIN_SCORE_OF_OTHER_PHASES = 0.6;

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
    doubtfulLink: reaches('links', MIN_SCORE_OF_OTHER_PHASES) || doubtfulHosts(body, links).length > 0,
    contact:
      reaches('personalData', MIN_SCORE_OF_OTHER_PHASES) ||
      CHAT_CONTACT.test(body) ||
      NUMBER_TO_CALL.test(text),
    link: leadsToOpenHost(body),
    scheme: isScheme(text),
    offer: isAdvertisement(text),
    selling: isSelling(text),
    words: reaches('spam', SPAM_BY_TEXT_MAX),
  };
  return new Set((Object.keys(SIGNALS) as Signal[]).filter((signal) => found[signal]));
}

const isSpamByWordsAlone = (body: string): boolean =>
  (scoreByModel(blankAddresses(body)).spam?.value ?? 0) >= SPAM_BY_TEXT_MAX;

/**
 * The two or more signals that together make a comment spam; empty if there are no such signals.
 *
 * - A known scheme needs an offer, a link or a signal outside the words (repetition, doubtful link, contact details).
 *   The model and sellers' phrases do not count, because they may find the words of the scheme itself.
 * - An offer needs a link or a signal outside the words.
 * - The model's score needs a signal outside the words. An ordinary link is enough if the reader is new or the words
 *   are a seller's.
 */
function decisiveSignals(context: SpamContext, scores: ScoreMap): readonly Signal[] {
  const signals = signalsIn(context, scores);
  const present = (...which: readonly Signal[]): Signal[] => which.filter((signal) => signals.has(signal));
  const outsideWords = present('repetition', 'doubtfulLink', 'contact');
  const withLink = [...outsideWords, ...present('link')];
  if (signals.has('scheme')) {
    const second = [...withLink, ...present('offer')];
    if (second.length > 0) return ['scheme', ...second];
  }
  if (signals.has('offer') && withLink.length > 0) return ['offer', ...withLink];
  if (!signals.has('words')) return [];
  if (outsideWords.length > 0) return ['words', ...outsideWords];
  // Links raise the model's score too, so the words must be enough without them.
  if (!signals.has('link') || !isSpamByWordsAlone(context.body)) return [];
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
 * @returns empty if the score is below `TWO_SIGNALS`
 */
export function spamReasons(context: SpamContext, scores: ScoreMap): readonly string[] {
  if ((scores.spam?.value ?? 0) < TWO_SIGNALS) return [];
  const decisive = decisiveSignals(context, scores);
  return decisive.map((signal) =>
    signal === 'link' && context.isNew ? 'a link by a new reader' : SIGNALS[signal],
  );
}
