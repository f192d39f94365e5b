import { LABELS, type Label } from './labels.js';
import type { LanguageModelUse, PublishLimit } from './language-levels.js';
import { DEFAULT_REASONS, type Reason } from './default-reasons.js';

/**
 * Who may do something: anyone (only for reading and flagging), signed-in readers, or readers of a tier and above
 * (the tier's key).
 */
export type GateRule = string;
export const GATE_ACTIONS = ['read', 'comment', 'reply', 'react', 'flag'] as const;
export type GateAction = (typeof GATE_ACTIONS)[number];
/** Actions that need no author and may be open to `anyone`. */
export const OPEN_ACTIONS: readonly GateAction[] = ['read', 'flag'];
/** Rules that do not name a tier. */
export const OPEN_GATES: readonly GateRule[] = ['anyone', 'signed-in'];

/**
 * Comments with a score at or above `hold` wait for a moderator, those at or above `reject` are rejected; null:
 * never. `hold <= reject`.
 */
export interface Threshold {
  hold: number | null;
  reject: number | null;
}

/**
 * When the comments of new accounts are held because there are unusually many of them. `off`: never.
 *
 * On a story: when `newReaders` new accounts comment on it within `minutes`, and these are clearly more than usual. For
 * a text: when `sameText` new accounts post nearly the same text within `minutes`, anywhere on the site.
 */
export interface BrigadingPolicy {
  mode: 'off' | 'hold';
  newReaders: number;
  minutes: number;
  sameText: number;
}

export interface ModerationPolicy {
  /** `score`: the scores decide; `hold-all`: every comment waits for a moderator. */
  mode: 'score' | 'hold-all';
  /** A label whose `hold` and `reject` are both null is scored but has no effect on the decision. */
  thresholds: Record<Label, Threshold>;
  /** Words or phrases. `*` matches any letters within a word. */
  wordLists: { banned: string[]; suspect: string[] };
  /** `max` links per comment. `allow` and `block` are domains and include their subdomains. */
  links: { max: number; allow: string[]; block: string[] };
  /** How many of a reader's first comments wait for a moderator. */
  newReaderHoldsFirst: number;
  /** A published comment with this many open flags returns to the moderation queue; 0: never. */
  flagsToHold: number;
  brigading: BrigadingPolicy;
  /**
   * What happens to a comment in a language that no scorer supports or that was not recognised: `hold` holds it, even
   * from trusted readers; `hold-new` holds only those of new readers.
   */
  unscored: 'hold' | 'hold-new' | 'publish';
  /** Languages (ISO 639-1) that comments may be written in; empty: any. */
  languages: string[];
  /**
   * By language (ISO 639-1), for languages other than English that have a model: `assist` scores comments with it,
   * `hold` does not, `publish` also publishes those below the limit. For the default, see `languageModelUse`.
   */
  languageModels: Record<string, LanguageModelUse>;
  /** The limits of the languages with `publish`, which the server measures (see `PublishLimits`). */
  publishBelow: Record<string, PublishLimit>;
  /**
   * Whether the scorer learns the site's own standards from moderators' decisions. `shadow` trains and measures a
   * model, but changes no score until a person activates it. With `take-over`, a model that proved better than the
   * shipped one is activated automatically.
   */
  learning: 'off' | 'shadow' | 'take-over';
}

export interface Quotas {
  /** Maximum comments per reader in 24 hours; null: no limit. */
  commentsPerDay: number | null;
  /** Limits for the readers of a tier, by tier key. They replace the limit above. */
  tiers: Record<string, { commentsPerDay: number | null }>;
}

/** Settings for the readers of one tier that replace the general ones. Omitted settings keep the general value. */
export interface TierRules {
  /** Maximum length of a body, in user-perceived characters. */
  maxChars?: number;
  editWindowSeconds?: number;
  /** True: every comment waits for a moderator. False: comments do not wait only because the mode is `hold-all`. */
  preModerated?: boolean;
  /** Shown beside the readers' names instead of the tier's own badge; empty: no badge. */
  badge?: string;
}

/** A site's complete comment policy. Settings that the site has not set have their defaults. */
export interface Policy {
  gate: Record<GateAction, GateRule>;
  moderation: ModerationPolicy;
  quotas: Quotas;
  /** By tier key. */
  tiers: Record<string, TierRules>;
  /** How long after posting an author may edit or delete; 0: not at all. */
  editWindowSeconds: number;
  /** Whether the old text of an edited comment stays visible while the new one is being scored. */
  showOldWhileScoring: boolean;
  /** Whether readers are warned while writing that the comment will probably wait for a moderator. */
  noticeBeforeSending: boolean;
  /**
   * A story closes automatically this many days after its publication, or after its registration if it has no
   * publication time; 0: never.
   */
  closeStoriesAfterDays: number;
  /**
   * Emails to the authors of a story about new comments on it. `language` (ISO 639-1) is the language of the emails.
   */
  authors: { tell: boolean; language: string };
  /** Minimum and maximum length in user-perceived characters. */
  body: { minChars: number; maxChars: number };
  /** Available reactions, in display order. */
  reactions: string[];
  reasons: Reason[];
}

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> | null }
    : T;
/** Any part of a policy, as stored by a site or story and as sent in a PATCH; null resets a setting. */
export type PartialPolicy = DeepPartial<Policy>;

const OFF: Threshold = { hold: null, reject: null };
const threshold = (hold: number, reject: number | null = null): Threshold => ({ hold, reject });

/**
 * The default policy, deeply frozen. Only a word banned by the site's editors rejects a comment without a moderator. Model scores only
 * hold comments.
 */
export const DEFAULT_POLICY: Policy = deepFreeze({
  gate: { read: 'anyone', comment: 'signed-in', reply: 'signed-in', react: 'signed-in', flag: 'signed-in' },
  moderation: {
    mode: 'score',
    thresholds: {
      // One probability, computed from the labels below it, decides which abuse is held (docs/thresholds.md).
      refusal: threshold(0.08),
      toxicity: OFF,
      severeToxicity: OFF,
      insult: OFF,
      profanity: OFF,
      threat: OFF,
      identityAttack: OFF,
      sexual: OFF,
      spam: threshold(0.6),
      repeat: threshold(0.8),
      flood: threshold(0.8),
      links: threshold(0.6),
      personalData: threshold(0.6),
      shouting: OFF,
      offLanguage: threshold(0.8),
      bannedWords: threshold(0.5, 1),
      suspectWords: threshold(0.5),
    },
    wordLists: { banned: [], suspect: [] },
    links: { max: 3, allow: [], block: [] },
    newReaderHoldsFirst: 0,
    flagsToHold: 3,
    brigading: { mode: 'hold', newReaders: 8, minutes: 10, sameText: 4 },
    unscored: 'hold',
    languages: [],
    languageModels: {},
    publishBelow: {},
    learning: 'shadow',
  },
  quotas: { commentsPerDay: null, tiers: {} },
  tiers: {},
  editWindowSeconds: 300,
  showOldWhileScoring: false,
  noticeBeforeSending: true,
  closeStoriesAfterDays: 0,
  authors: { tell: true, language: 'en' },
  body: { minChars: 1, maxChars: 5000 },
  reactions: ['like'],
  reasons: DEFAULT_REASONS,
});

// Members for which null is a value ("never", "no limit") rather than a reset to the default.
const NULLABLE_KEYS: ReadonlySet<string> = new Set(['hold', 'reject', 'commentsPerDay']);
// Validation already rejects these keys, but merging must also be safe without it.
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type JsonObject = { [key: string]: unknown };
const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergeObjects(current: JsonObject, patch: JsonObject): JsonObject {
  const merged: JsonObject = { ...current };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || FORBIDDEN_KEYS.has(key)) continue;
    if (value === null && !NULLABLE_KEYS.has(key)) delete merged[key];
    else if (isJsonObject(value))
      merged[key] = mergeObjects(isJsonObject(merged[key]) ? merged[key] : {}, value);
    else merged[key] = structuredClone(value);
  }
  return merged;
}

/**
 * Applies a patch to a stored policy, deeply: members are merged, lists are replaced, and null removes a setting so
 * that the default applies again (for `hold`, `reject` and `commentsPerDay`, null is a value).
 *
 * @returns a new sparse policy to store; `completePolicy` fills it
 */
export function mergePolicy(current: PartialPolicy, patch: PartialPolicy): PartialPolicy {
  return mergeObjects(current, patch);
}

/** Applies the site's policy, then any more specific ones, to the defaults. Does not validate: see `parsePolicy`. */
export function completePolicy(...layers: readonly (PartialPolicy | null | undefined)[]): Policy {
  let policy = DEFAULT_POLICY as unknown as JsonObject;
  // Null in a layer means "inherit", the same as leaving the setting out.
  for (const layer of layers) if (layer) policy = mergeObjects(policy, mergeObjects({}, layer));
  return policy as unknown as Policy;
}

/** The tier keys that a policy refers to, without duplicates. */
export function tiersNamedIn(policy: PartialPolicy): string[] {
  const rules = Object.values(policy.gate ?? {}).filter(
    (rule): rule is string => typeof rule === 'string' && !OPEN_GATES.includes(rule),
  );
  return [
    ...new Set([...rules, ...Object.keys(policy.quotas?.tiers ?? {}), ...Object.keys(policy.tiers ?? {})]),
  ];
}

/** The limit below which comments in a language are published; null if the site does not publish by its model. */
export function publishLimitOf(
  { languageModels, publishBelow }: ModerationPolicy,
  language: string,
): PublishLimit | null {
  return Object.hasOwn(languageModels, language) && languageModels[language] === 'publish'
    ? (publishBelow[language] ?? null)
    : null;
}

export type ActiveThresholds = Readonly<Partial<Record<Label, { hold: number; reject?: number }>>>;

/**
 * The labels that can hold or reject a comment, each with the scores from which they do. A label with only a `reject`
 * threshold has the same `hold`.
 */
export function activeThresholds(policy: Policy): ActiveThresholds {
  const active: Partial<Record<Label, { hold: number; reject?: number }>> = {};
  for (const label of LABELS) {
    const { hold, reject } = policy.moderation.thresholds[label];
    if (hold !== null) active[label] = reject === null ? { hold } : { hold, reject };
    else if (reject !== null) active[label] = { hold: reject, reject };
  }
  return active;
}

/** How many comments a reader of this tier may post in 24 hours; null: no limit. */
export function commentsPerDay(policy: Policy, tierKey: string | null): number | null {
  const tierQuota =
    tierKey !== null && Object.hasOwn(policy.quotas.tiers, tierKey)
      ? policy.quotas.tiers[tierKey]
      : undefined;
  return tierQuota ? tierQuota.commentsPerDay : policy.quotas.commentsPerDay;
}

/**
 * The policy for the readers of one tier, except for quotas and the gate. Returns the same object if nothing differs.
 */
export function policyFor(policy: Policy, tierKey: string | null): Policy {
  const tierRules =
    tierKey !== null && Object.hasOwn(policy.tiers, tierKey) ? policy.tiers[tierKey] : undefined;
  if (!tierRules) return policy;
  const { maxChars, editWindowSeconds, preModerated } = tierRules;
  return {
    ...policy,
    body: { ...policy.body, maxChars: maxChars ?? policy.body.maxChars },
    editWindowSeconds: editWindowSeconds ?? policy.editWindowSeconds,
    moderation:
      preModerated === undefined
        ? policy.moderation
        : { ...policy.moderation, mode: preModerated ? 'hold-all' : 'score' },
  };
}

/** The maximum body length over all tiers. */
export const maxBodyChars = ({ body, tiers }: Policy): number =>
  Math.max(body.maxChars, ...Object.values(tiers).map(({ maxChars }) => maxChars ?? 0));

function deepFreeze<T extends object>(object: T): T {
  for (const value of Object.values(object))
    if (typeof value === 'object' && value !== null) deepFreeze(value as object);
  return Object.freeze(object);
}
