import type { ModerationPolicy } from '../../sites/policy.js';
import { NO_SCORE, type Label, type Score, type ScoreMap } from '../scores.js';
import { isAdvertisement } from './advertisements.js';
import { doubtfulHosts, leadsToOpenHost } from './links.js';

/**
 * Maximum spam score by the text alone. It is below the default threshold: words that advertisements use
 * ("subscriber", "check out", "like") are ordinary words, and a link to a newspaper is ordinary too.
 */
export const SPAM_BY_TEXT_MAX = 0.5;

/** An advertisement with a link: just above the default threshold. */
const ADVERTISED = 0.65;

/** From these values on, another phase's score is a second signal, independent of the words. */
const SIGNALS = { repeat: 0.5, flood: 0.5, links: 0.6, personalData: 0.6 } as const satisfies Partial<
  Record<Label, number>
>;

// A chat account as contact, equivalent to a telephone number: "WhatsApp me @fastcash", "t.me/fastcash".
const CHAT_CONTACT =
  /\b(?:telegram|whats ?app|signal|wechat|viber|kik|snapchat|discord)\b[^\n]{0,30}@[\w.]{3,}|@[\w.]{3,}[^\n]{0,20}\bon (?:telegram|whats ?app|signal|snapchat|discord)\b|\b(?:t|wa|signal)\.me\/|\bchat\.whatsapp\.com\/|\bdiscord\.gg\//i;

/** A number to call, even if it is not private, or a short code to text: "Text WIN to 80086". */
const NUMBER_TO_CALL =
  /(?<![\d.])\+?\(?\d(?:[ ().-]{0,2}\d){7,14}(?!\d)|\b(?:call|text|txt|sms|send|reply)\b[^\n]{0,40}?\b(?!(?:19|20)\d\d\b)\d{4,6}\b/i;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s)]+/gi;

/**
 * Limits the text's spam score unless a second signal supports it: a repeated text, a flood of comments, a blocked,
 * disguised or shortened link, more links than the site allows, or contact details. An advertisement with a link is
 * always spam, whatever the model's score.
 *
 * @param links the site's settings for links
 * @param scores the scores of all phases, including `spam`
 */
export function corroboratedSpam(body: string, links: ModerationPolicy['links'], scores: ScoreMap): Score {
  const spam = scores.spam ?? NO_SCORE;
  if (isAdvertisement(body.replace(ADDRESS, ' ')) && leadsToOpenHost(body))
    return { ...spam, value: Math.max(spam.value, ADVERTISED) };
  if (spam.value <= SPAM_BY_TEXT_MAX || hasSecondSignal(body, links, scores)) return spam;
  return { ...spam, value: SPAM_BY_TEXT_MAX };
}

function hasSecondSignal(body: string, links: ModerationPolicy['links'], scores: ScoreMap): boolean {
  const isFound = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).some(
    (label) => (scores[label]?.value ?? 0) >= SIGNALS[label],
  );
  return (
    isFound ||
    CHAT_CONTACT.test(body) ||
    NUMBER_TO_CALL.test(body.replace(ADDRESS, ' ')) ||
    doubtfulHosts(body, links).length > 0
  );
}
