import type { GateAction } from '../sites/policy.js';

/** The rest of a sentence after "to". */
const ACTION_PHRASES: Record<GateAction, string> = {
  read: 'read the comments',
  comment: 'comment',
  reply: 'reply',
  react: 'react',
  flag: 'flag a comment',
};

export const STORY_CLOSED = 'Comments on this story are closed.';

export const signInMessage = (action: GateAction): string =>
  `You must be signed in to ${ACTION_PHRASES[action]}.`;

/** The message is the same for signed-out readers and for readers below the tier. */
export const tierRequiredMessage = (tierName: string, action: GateAction): string =>
  `You must be signed in and ${indefiniteArticle(tierName)} ${tierName} subscriber to ${ACTION_PHRASES[action]}.`;

export function entitlementEndedMessage(
  tierName: string,
  at: Date,
  action: GateAction,
  url: string | null,
): string {
  const where = url === null ? '' : ` at ${new URL(url).host}`;
  return `Your ${tierName} subscription ended on ${day(at)}. Renew it${where} to ${ACTION_PHRASES[action]}.`;
}

export function sanctionMessage(standing: 'banned' | 'suspended', until: Date | null): string {
  const verb = standing === 'banned' ? 'banned from taking part here' : 'suspended';
  return until ? `You are ${verb} until ${day(until)}, ${time(until)}.` : `You are ${verb}.`;
}

export function quotaMessage(perDay: number, freeAt: Date): string {
  if (perDay === 0) return 'Your subscription does not include comments.';
  const comments = perDay === 1 ? 'one comment' : `${perDay} comments`;
  return `You may post ${comments} in 24 hours. You can post again on ${day(freeAt)}, ${time(freeAt)}.`;
}

const day = (date: Date): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date);

/** Rounded up to the minute, so that readers do not return too early. */
const time = (date: Date): string =>
  `${new Date(Math.ceil(date.getTime() / 60_000) * 60_000).toISOString().slice(11, 16)} UTC`;

// Names whose first letter is a vowel but whose first sound is a consonant, or the reverse.
const TAKES_A = /^(?:uni(?!n|m)|us[aeu]|ut[eio]|eu|ewe|one|once|ub[ei]q)/i;
const TAKES_AN = /^(?:hour|honest|honou?r|heir)/i;
// Initial letters that are pronounced with a vowel first when spelled out: "an FT subscriber", but "a UK subscriber".
const ACRONYM_TAKES_AN = /^[AEFHILMNORSX]/;
const NUMBERS_WITH_AN = /^(?:8|11(?!\d)|18(?!\d))/;

/** Returns "a" or "an" depending on the first sound of a name. */
export function indefiniteArticle(name: string): 'a' | 'an' {
  const word = /[\p{L}\p{N}]+/u.exec(name)?.[0] ?? '';
  if (NUMBERS_WITH_AN.test(word)) return 'an';
  const isSpelled =
    /^\p{Lu}+$/u.test(word) && (word.length <= 3 || !/[AEIOU]/.test(word)) && name !== name.toUpperCase();
  if (isSpelled || /^\p{Lu}$/u.test(word)) return ACRONYM_TAKES_AN.test(word) ? 'an' : 'a';
  if (TAKES_AN.test(word)) return 'an';
  return /^[aeiou]/i.test(word.normalize('NFD')) && !TAKES_A.test(word) ? 'an' : 'a';
}
