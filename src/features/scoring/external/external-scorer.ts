import type { SiteId } from '../../../platform/ids.js';
import type { Label, Score } from '../scores.js';
import type { Band } from './uncertain-band.js';

/** Kinds of scorers that a site can add to the local model at its own expense. */
export const SCORER_KINDS = ['signed-http', 'openai-moderation', 'akismet', 'perspective', 'chat'] as const;
export type ScorerKindName = (typeof SCORER_KINDS)[number];

/**
 * `hold`: a comment without this scorer's score is held for a moderator; `go-on`: the local model's scores decide
 * alone.
 */
export const WHEN_ABSENT = ['hold', 'go-on'] as const;
export type WhenAbsent = (typeof WHEN_ABSENT)[number];

/** Outcome of one call. */
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

/** How one of the scorer's labels is used. */
export interface LabelUse {
  /** Counts as these built-in labels, under the thresholds of the policy for them. */
  readonly as?: readonly Label[];
  /** Its own thresholds, 0 to 1; `hold <= reject`. */
  readonly hold?: number | null;
  readonly reject?: number | null;
}
export type LabelUses = Readonly<Record<string, LabelUse>>;

/** An external scorer, ready to be called. */
export interface ExternalScorer {
  readonly siteId: SiteId;
  /** The publisher's key for it in URLs and labels, e.g. `newsroom`. */
  readonly key: string;
  readonly kind: ScorerKindName;
  /** Shown to moderators. */
  readonly name: string;
  readonly url: string;
  /** Currently valid secrets, newest first. */
  readonly secrets: readonly string[];
  readonly options: ScorerOptions;
  readonly labels: LabelUses;
  /**
   * Languages (ISO 639-1) that it supports besides the local model's; comments in them are not treated as unscored.
   */
  readonly languages: readonly string[];
  /** For the whole call, including a second attempt. */
  readonly timeoutMs: number;
  /** Per UTC day; null: no limit. */
  readonly callsPerDay: number | null;
  /** Per UTC month; null: no limit. */
  readonly callsPerMonth: number | null;
  /** Whether the title of the story and the parent comment are sent, if the protocol has a place for them. */
  readonly sendContext: boolean;
  /** Shadow mode: it is called and its scores are stored and shown, but no decision depends on it. */
  readonly isShadow: boolean;
  readonly whenAbsent: WhenAbsent;
}

/** What a scorer says about its own verdict. Untrusted text, made plain and short when the response is read. */
export interface Explanation {
  /** The rule that the text violates; null if the scorer cites none. */
  readonly rule: string | null;
  readonly reason: string | null;
}

/** Whether a score of this label can hold or reject a comment. */
export function affectsDecision(labels: LabelUses, label: string): boolean {
  const { as = [], hold = null, reject = null } = Object.hasOwn(labels, label) ? labels[label] : {};
  return as.length > 0 || hold !== null || reject !== null;
}

/** Labels that the publisher listed in addition to those of the kind. */
export const listedLabels = (labels: LabelUses, ofKind: LabelUses): string[] =>
  Object.keys(labels).filter((label) => labels[label] !== ofKind[label]);

/** How a `chat` scorer's verdict is requested: with a JSON schema if the server supports it, or in words alone. */
export const RESPONSE_FORMATS = ['json-schema', 'none'] as const;

export interface ScorerOptions {
  /** For openai-moderation and chat. */
  readonly model?: string;
  /** For chat: the newsroom's rules in its own words. */
  readonly rules?: string;
  /** For chat: the local scores for which it is called. */
  readonly band?: Band;
  /** For chat: whether a confident verdict publishes a comment that only releasable labels hold. */
  readonly mayRelease?: boolean;
  /** For chat. */
  readonly responseFormat?: (typeof RESPONSE_FORMATS)[number];
  /** For chat. */
  readonly maxTokens?: number;
  /** For akismet: the site's front page as registered there. */
  readonly blog?: string;
}

/** Everything that may be sent to a scorer about a comment. Each kind uses what its protocol supports. */
export interface ScorerInput {
  readonly siteId: string;
  readonly commentId: string;
  readonly revisionId: string;
  /** The revision number, from 1. */
  readonly revision: number;
  readonly body: string;
  /** ISO 639-1, `und` or null. */
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
  /** The published comment that this one replies to. */
  readonly parent: { readonly id: string; readonly body: string } | null;
}

export interface ScorerCall {
  readonly scorer: Pick<ExternalScorer, 'url' | 'secrets' | 'options' | 'labels' | 'sendContext'>;
  readonly input: ScorerInput;
  readonly at: Date;
  /** True for a test of the scorer that no comment depends on. */
  readonly isTest: boolean;
}

export interface ScorerRequest {
  /** Defaults to the scorer's own URL. */
  readonly url?: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What people decided about a text that the scorer had scored differently. */
export interface Correction {
  readonly scorer: ScorerCall['scorer'];
  readonly input: ScorerInput;
  readonly isSpam: boolean;
}

/** One protocol. Pure: builds requests and parses responses, and never sends. */
export interface ScorerKind {
  readonly name: ScorerKindName;
  /** The default endpoint; null if the publisher must configure one. */
  readonly url: string | null;
  /** How its labels are used by default. */
  readonly labels: LabelUses;
  readonly options: readonly (keyof ScorerOptions)[];
  /** Options that the publisher must set. */
  readonly requiredOptions?: readonly (keyof ScorerOptions)[];
  /** Whether requests can carry the title of the story and the parent comment. */
  readonly carriesContext?: boolean;
  readonly isKeyOptional?: boolean;
  /**
   * Whether verdicts on the same request are reused. Requests must then depend on nothing but the settings and the
   * texts.
   */
  readonly isCached?: boolean;
  /** The local scores for which it is called by default; omitted: it is called for every text. */
  readonly defaultBand?: Band;
  /** Default timeout, if it is not that of all kinds. */
  readonly timeoutMs?: number;
  /** Built-in labels that a label without `as` is compared with in calibrations. */
  readonly comparedAs?: Readonly<Record<string, readonly Label[]>>;
  request(call: ScorerCall): ScorerRequest;
  /**
   * A request without the optional parts of the protocol, for a server that rejected the first one.
   *
   * @param status the status of the rejection
   * @returns null if there is no such request or the status means something else
   */
  simplerRequest?(call: ScorerCall, status: number): ScorerRequest | null;
  /**
   * @param body the text that was scored, for spans
   * @returns scores by the scorer's own labels
   * @throws BadAnswerError if the response does not follow the protocol
   */
  read(answer: { answer: string; headers: Record<string, string> }, body: string): Record<string, Score>;
  /** For protocols whose responses say why. Only for responses that `read` accepts. */
  explain?(answer: { answer: string }): Explanation;
  /**
   * Labels that every response must have a score for, as far as they affect decisions.
   *
   * @param labels uses of the scorer's labels, including those of the kind
   */
  required(labels: LabelUses): readonly string[];
  /** For protocols that may omit labels because of the text's language: whether this response says so. */
  isUnsupportedLanguage?(answer: string): boolean;
  /** For protocols that accept corrections: builds the request that sends one. */
  correct?(correction: Correction): ScorerRequest & { readonly url: string };
}

/** The message is shown to the scorer's owner. */
export class BadAnswerError extends Error {
  override readonly name = 'BadAnswerError';
}

/** Format of external labels. They become database keys and are shown to moderators. */
export const EXTERNAL_LABEL = /^[A-Za-z][A-Za-z0-9 ._/-]{0,63}$/;
export const MAX_EXTERNAL_LABELS = 50;

/**
 * A JSON object in a response.
 * @throws BadAnswerError
 */
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
    throw new BadAnswerError('The response is not JSON.');
  }
}

/** @throws BadAnswerError for anything but a number from 0 to 1 */
export function valueOf(value: unknown, label: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw new BadAnswerError(`The score of ${label} is not a number from 0 to 1.`);
  return Math.round(value * 10_000) / 10_000;
}
