import type { SiteId } from '../../../platform/ids.js';
import type { Label, Score } from '../scores.js';

/** Who scores beside the local model, on a site's behalf and at its expense. */
export const SCORER_KINDS = ['signed-http', 'openai-moderation', 'akismet', 'perspective'] as const;
export type ScorerKindName = (typeof SCORER_KINDS)[number];

/** `hold`: a comment that it did not score waits for a moderator; `go-on`: what the local model says decides alone. */
export const WHEN_ABSENT = ['hold', 'go-on'] as const;
export type WhenAbsent = (typeof WHEN_ABSENT)[number];

/** What became of one call. */
export const OUTCOMES = [
  'scored',
  'timeout',
  'unreachable',
  'refused',
  'failed',
  'bad-answer',
  'circuit-open',
  'budget-spent',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What becomes of one of the scorer's labels. */
export interface LabelUse {
  /** It counts as these of ours, under the thresholds that the policy has for them. */
  readonly as?: readonly Label[];
  /** Its own thresholds, 0 to 1; `hold <= reject`. */
  readonly hold?: number | null;
  readonly reject?: number | null;
}
export type LabelUses = Readonly<Record<string, LabelUse>>;

/** An external scorer, ready to be asked. */
export interface ExternalScorer {
  readonly siteId: SiteId;
  /** The publisher's name for it in addresses and labels: `newsroom`. */
  readonly key: string;
  readonly kind: ScorerKindName;
  /** For moderators. */
  readonly name: string;
  readonly url: string;
  /** That count now, the newest first. */
  readonly secrets: readonly string[];
  readonly options: ScorerOptions;
  readonly labels: LabelUses;
  /** Languages (ISO 639-1) that it reads besides the local model's; comments in them do not count as unscored. */
  readonly languages: readonly string[];
  /** For everything, a second try included. */
  readonly timeoutMs: number;
  /** By the day of UTC; null: no limit. */
  readonly callsPerDay: number | null;
  readonly whenAbsent: WhenAbsent;
}

/** Whether a score of this label can hold or reject a comment. */
export function counts(labels: LabelUses, label: string): boolean {
  const { as = [], hold = null, reject = null } = Object.hasOwn(labels, label) ? labels[label] : {};
  return as.length > 0 || hold !== null || reject !== null;
}

/** Labels that the publisher listed, over those of the kind. */
export const listedLabels = (labels: LabelUses, ofKind: LabelUses): string[] =>
  Object.keys(labels).filter((label) => labels[label] !== ofKind[label]);

export interface ScorerOptions {
  /** Of openai-moderation. */
  readonly model?: string;
  /** Of akismet: the site's front page, as it is registered there. */
  readonly blog?: string;
}

/** All that a scorer may be told of a comment; each kind takes from it what its protocol has a place for. */
export interface ScorerInput {
  readonly siteId: string;
  readonly commentId: string;
  readonly revisionId: string;
  /** The text's number, from 1. */
  readonly revision: number;
  readonly body: string;
  /** ISO 639-1, `und`, or null. */
  readonly language: string | null;
  readonly postedAt: Date;
  readonly isReply: boolean;
  readonly author: {
    readonly id: string;
    readonly name: string;
    readonly isNew: boolean;
    readonly publishedCount: number;
    readonly tenureDays: number;
  };
  readonly story: { readonly key: string; readonly url: string; readonly title: string };
}

export interface ScorerCall {
  readonly scorer: Pick<ExternalScorer, 'url' | 'secrets' | 'options' | 'labels'>;
  readonly input: ScorerInput;
  readonly at: Date;
  /** Somebody tries the scorer; no comment depends on it. */
  readonly isTest: boolean;
}

export interface ScorerRequest {
  /** The scorer's own address if left out. */
  readonly url?: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What people came to about a text that the scorer had scored otherwise. */
export interface Correction {
  readonly scorer: ScorerCall['scorer'];
  readonly input: ScorerInput;
  readonly isSpam: boolean;
}

/** One protocol. Pure: it makes the request and reads the answer, and never sends. */
export interface ScorerKind {
  readonly name: ScorerKindName;
  /** Where it is asked, unless the publisher names another address; null: the publisher must. */
  readonly url: string | null;
  /** What is done with its labels where the publisher says nothing. */
  readonly labels: LabelUses;
  readonly options: readonly (keyof ScorerOptions)[];
  request(call: ScorerCall): ScorerRequest;
  /**
   * @param body the text that was scored, for spans
   * @returns by the scorer's own labels
   * @throws BadAnswerError when the answer is none of this protocol
   */
  read(answer: { answer: string; headers: Record<string, string> }, body: string): Record<string, Score>;
  /**
   * Labels that every answer must have a score for, as far as they count for something.
   *
   * @param labels uses of the scorer's labels, those of the kind among them
   */
  required(labels: LabelUses): readonly string[];
  /** Of a protocol that may leave out labels because of the text's language: whether this answer says so. */
  isUnsupportedLanguage?(answer: string): boolean;
  /** Of a protocol that takes corrections: how one is told, and where. */
  correct?(correction: Correction): ScorerRequest & { readonly url: string };
}

/** The message is for the scorer's owner. */
export class BadAnswerError extends Error {
  override readonly name = 'BadAnswerError';
}

/** Labels as they come from outside: they are keys of rows and words on a moderator's screen. */
export const EXTERNAL_LABEL = /^[A-Za-z][A-Za-z0-9 ._/-]{0,63}$/;
export const MAX_EXTERNAL_LABELS = 50;

/** A JSON object of an answer. @throws BadAnswerError */
export function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadAnswerError(`${what} is not an object.`);
  return value as Record<string, unknown>;
}

/** @throws BadAnswerError */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadAnswerError('The answer is not JSON.');
  }
}

/** @throws BadAnswerError for anything but a number from 0 to 1 */
export function valueOf(value: unknown, label: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw new BadAnswerError(`The score of ${label} is not a number from 0 to 1.`);
  return Math.round(value * 10_000) / 10_000;
}
