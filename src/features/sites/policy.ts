import { LABELS, type Label } from './labels.js';
import { DEFAULT_REASONS, type Reason } from './default-reasons.js';

/** Who may: everybody (to read and to flag alone), whoever is signed in, or the readers of that tier and above (the tier's key). */
export type GateRule = string;
export const GATE_ACTIONS = ['read', 'comment', 'reply', 'react', 'flag'] as const;
export type GateAction = (typeof GATE_ACTIONS)[number];
/** What needs no author, and may be open to `anyone`. */
export const OPEN_ACTIONS: readonly GateAction[] = ['read', 'flag'];
export const OPEN_GATES: readonly GateRule[] = ['anyone', 'signed-in'];

/** Scores at or above `hold` wait for a moderator, at or above `reject` are refused; null: never. `hold <= reject`. */
export interface Threshold {
  hold: number | null;
  reject: number | null;
}

export interface ModerationPolicy {
  /** `score`: the scores decide; `hold-all`: every comment waits for a moderator. */
  mode: 'score' | 'hold-all';
  /** A label whose `hold` and `reject` are both null is not asked for. */
  thresholds: Record<Label, Threshold>;
  /** Words or phrases; `*` stands for any letters within a word. */
  wordLists: { banned: string[]; suspect: string[] };
  /** `max` links per comment; `allow` and `block` are domains that stand for their subdomains too. */
  links: { max: number; allow: string[]; block: string[] };
  /** A reader's first comments, this many, wait for a moderator. */
  newReaderHoldsFirst: number;
  /** So many open flags take a published comment back to the queue; 0: never. */
  flagsToHold: number;
  /**
   * What becomes of a comment that no scorer read in its language, or whose language was not recognised: `hold` holds
   * it, trusted readers' too; `hold-new` holds new readers' only.
   */
  unscored: 'hold' | 'hold-new' | 'publish';
  /** Languages (ISO 639-1) that comments may be in; empty: any. */
  languages: string[];
  /**
   * Whether moderators' decisions teach the scorer the site's own line: `shadow` trains and measures, and changes no
   * score until a person chooses to; with `take-over` what proved better than the shipped model counts by itself.
   */
  learning: 'off' | 'shadow' | 'take-over';
}

export interface Quotas {
  /** Comments per reader in 24 hours; null: no limit. */
  commentsPerDay: number | null;
  /** For the readers of one tier (its key), instead of the limit above. */
  tiers: Record<string, { commentsPerDay: number | null }>;
}

/** What counts for the readers of one tier instead of what is said to everybody; what is left out is as there. */
export interface TierRules {
  /** Of a body, in user-perceived characters. */
  maxChars?: number;
  editWindowSeconds?: number;
  /** True: every comment waits for a moderator; false: none does only because the mode is `hold-all`. */
  preModerated?: boolean;
  /** Shown beside their names instead of the tier's own; empty: nothing is. */
  badge?: string;
}

/** What a site decided about its comments, complete: what it left out is filled from the defaults. */
export interface Policy {
  gate: Record<GateAction, GateRule>;
  moderation: ModerationPolicy;
  quotas: Quotas;
  /** By tier key. */
  tiers: Record<string, TierRules>;
  /** How long after posting an author may edit or delete; 0: not at all. */
  editWindowSeconds: number;
  /** Whether an edited comment's old text stays visible while the new one is scored. */
  showOldWhileScoring: boolean;
  /** Whether readers are told, while they write, that a comment will probably wait for a moderator. */
  noticeBeforeSending: boolean;
  /** A story closes by itself so many days after its publication, or its registration; 0: never. */
  closeStoriesAfterDays: number;
  /** Letters to whoever wrote a story, about new comments under it; `language` (ISO 639-1) is theirs. */
  authors: { tell: boolean; language: string };
  /** Lengths in user-perceived characters. */
  body: { minChars: number; maxChars: number };
  /** Kinds of reactions, in the order they are shown. */
  reactions: string[];
  reasons: Reason[];
}

type Sparse<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: Sparse<T[K]> | null }
    : T;
/** Any part of a policy, as a site or a story stores it and as a PATCH brings it; null takes a setting back. */
export type PartialPolicy = Sparse<Policy>;

const at = (hold: number, reject: number | null = null): Threshold => ({ hold, reject });

/**
 * Deeply frozen. Only a word that the site's editors banned rejects without a moderator: what a model scores is held.
 */
export const DEFAULT_POLICY: Policy = deepFreeze({
  gate: { read: 'anyone', comment: 'signed-in', reply: 'signed-in', react: 'signed-in', flag: 'signed-in' },
  moderation: {
    mode: 'score',
    thresholds: {
      toxicity: at(0.8),
      severeToxicity: at(0.6),
      insult: at(0.7),
      // Swearing at nobody is published; at somebody it is an insult.
      profanity: { hold: null, reject: null },
      // Threats are few, and their scores low: from .6, seven in ten were missed (docs/thresholds.md).
      threat: at(0.4),
      identityAttack: at(0.6),
      sexual: at(0.7),
      spam: at(0.6),
      repeat: at(0.8),
      flood: at(0.8),
      links: at(0.6),
      personalData: at(0.6),
      shouting: { hold: null, reject: null },
      offLanguage: at(0.8),
      bannedWords: at(0.5, 1),
      suspectWords: at(0.5),
    },
    wordLists: { banned: [], suspect: [] },
    links: { max: 3, allow: [], block: [] },
    newReaderHoldsFirst: 0,
    flagsToHold: 3,
    unscored: 'hold',
    languages: [],
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

// Where null is a value ("never", "no limit") and not the wish for the default.
const NULL_IS_A_VALUE: ReadonlySet<string> = new Set(['hold', 'reject', 'commentsPerDay']);
// Refused here too, although validation lets no such key through: merging must be safe by itself.
const NEVER_A_KEY: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergeTrees(current: Tree, patch: Tree): Tree {
  const merged: Tree = { ...current };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || NEVER_A_KEY.has(key)) continue;
    if (value === null && !NULL_IS_A_VALUE.has(key)) delete merged[key];
    else if (isTree(value)) merged[key] = mergeTrees(isTree(merged[key]) ? merged[key] : {}, value);
    else merged[key] = structuredClone(value);
  }
  return merged;
}

/**
 * Changes a stored policy by a patch, deeply: members are merged, lists are replaced, and null takes back
 * what was set, so that the default counts again (`hold`, `reject` and `commentsPerDay` keep null as a value).
 *
 * @returns a new sparse policy to store; `completePolicy` fills it
 */
export function mergePolicy(current: PartialPolicy, patch: PartialPolicy): PartialPolicy {
  return mergeTrees(current, patch);
}

/** The defaults, changed by the site's policy, changed by the story's where it has one. Unchecked: see `parsePolicy`. */
export function completePolicy(...layers: readonly (PartialPolicy | null | undefined)[]): Policy {
  let policy = DEFAULT_POLICY as unknown as Tree;
  // A layer's null means "as below", which is what leaving it out means.
  for (const layer of layers) if (layer) policy = mergeTrees(policy, mergeTrees({}, layer));
  return policy as unknown as Policy;
}

/** The tier keys that a policy names, each once: to be checked against the site's tiers. */
export function tiersNamedIn(policy: PartialPolicy): string[] {
  const rules = Object.values(policy.gate ?? {}).filter(
    (rule): rule is string => typeof rule === 'string' && !OPEN_GATES.includes(rule),
  );
  return [
    ...new Set([...rules, ...Object.keys(policy.quotas?.tiers ?? {}), ...Object.keys(policy.tiers ?? {})]),
  ];
}

/** The labels that the site asks for, each with the value from which a comment is held or rejected. */
export function activeThresholds(policy: Policy): Partial<Record<Label, { hold: number; reject?: number }>> {
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
  const own =
    tierKey !== null && Object.hasOwn(policy.quotas.tiers, tierKey)
      ? policy.quotas.tiers[tierKey]
      : undefined;
  return own ? own.commentsPerDay : policy.quotas.commentsPerDay;
}

/** The policy as it is for the readers of one tier, but for quotas and the gate; the same object where nothing differs. */
export function policyFor(policy: Policy, tierKey: string | null): Policy {
  const own = tierKey !== null && Object.hasOwn(policy.tiers, tierKey) ? policy.tiers[tierKey] : undefined;
  if (!own) return policy;
  const { maxChars, editWindowSeconds, preModerated } = own;
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

/** The longest body that a reader of any tier may write. */
export const maxBodyChars = ({ body, tiers }: Policy): number =>
  Math.max(body.maxChars, ...Object.values(tiers).map(({ maxChars }) => maxChars ?? 0));

function deepFreeze<T extends object>(tree: T): T {
  for (const value of Object.values(tree))
    if (typeof value === 'object' && value !== null) deepFreeze(value as object);
  return Object.freeze(tree);
}
