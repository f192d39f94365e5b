import { activeThresholds, publishLimitOf, type ModerationPolicy, type Policy } from '../sites/policy.js';
import type { Standing } from '../readers/reader.entity.js';
import type { ExternalFindings } from '../scoring/decision-port.js';
import { isReleasable } from '../scoring/external/uncertain-band.js';
import type { LanguageToxicity } from '../scoring/language-models/language-toxicity.js';
import { refusalReason } from '../scoring/refusal.js';
import { LABELS, type Label, type ScoreMap } from '../scoring/scores.js';

type ExternalFinding = ExternalFindings['found'][number];
const NO_EXTERNAL: ExternalFindings = { found: [], absent: [], released: [] };

export interface DecisionFacts {
  /** Number of comments by this reader that are published on this site. */
  readonly publishedCount: number;
  /**
   * Whether the site treats the reader as new. The scoring phases have already applied this, except for the language
   * rules.
   */
  readonly isNew: boolean;
  /** Language of the comment if no scorer supports it: ISO 639-1, or `und` if unknown; null: a scorer supports it. */
  readonly unscoredLanguage: string | null;
  /** Whether the model of that language scored it; such scores only order the queue. Omitted: no. */
  readonly hasOrderingScores?: boolean;
  /** The toxicity by that model, which can publish the comment if the site has a limit for the language. */
  readonly languageToxicity?: LanguageToxicity | null;
  /** Whether the author seems to announce suicide or self-harm, see `announcesSelfHarm`. */
  readonly announcesSelfHarm: boolean;
  /** The signals that make it spam, in words, see `spamReasons`. Omitted or empty: none are named. */
  readonly spamReasons?: readonly string[];
  /** Why the comment belongs to a brigade, one sentence per brigade. Omitted if it belongs to none. */
  readonly brigading?: readonly string[];
  /** Findings of the site's external scorers. Omitted if it has none. */
  readonly external?: ExternalFindings;
}

export interface Verdict {
  readonly action: 'publish' | 'hold' | 'reject';
  /** `key` is stable, for programs and metrics. `text` is the sentence shown to moderators. */
  readonly rule: { readonly key: RuleKey; readonly text: string };
}

export type RuleKey =
  | 'all-clear'
  | 'banned-word'
  | 'brigading'
  | 'external-unavailable'
  | 'external-score'
  | 'flood'
  | 'hold-all'
  | 'language-model'
  | 'links'
  | 'missing-score'
  | 'new-reader'
  | 'off-language'
  | 'personal-data'
  | 'repeat'
  | 'self-harm'
  | 'shouting'
  | `score-${string}`
  | `standing-${'banned' | 'pre-moderated' | 'suspended'}`
  | 'suspect-word'
  | 'unscored-language';

// Name of each label in a rule, most severe first. If several labels apply, the first one names the rule.
const NAMES: Record<Label, { key: RuleKey; label: string }> = {
  bannedWords: { key: 'banned-word', label: 'banned word' },
  threat: { key: 'score-threat', label: 'threat' },
  identityAttack: { key: 'score-identity-attack', label: 'identity attack' },
  severeToxicity: { key: 'score-severe-toxicity', label: 'severe toxicity' },
  // Named after the label that is the reason for it, see `refusalReason`.
  refusal: { key: 'score-refusal', label: 'refusal' },
  insult: { key: 'score-insult', label: 'insult' },
  sexual: { key: 'score-sexual', label: 'sexual' },
  // Before spam: contact details also raise the spam score, and the author should learn that the details are the
  // problem.
  personalData: { key: 'personal-data', label: 'personal data' },
  spam: { key: 'score-spam', label: 'spam' },
  profanity: { key: 'score-profanity', label: 'profanity' },
  toxicity: { key: 'score-toxicity', label: 'toxicity' },
  suspectWords: { key: 'suspect-word', label: 'suspect word' },
  repeat: { key: 'repeat', label: 'repeat' },
  flood: { key: 'flood', label: 'flood' },
  links: { key: 'links', label: 'links' },
  offLanguage: { key: 'off-language', label: 'another language' },
  shouting: { key: 'shouting', label: 'shouting' },
};
const BY_SEVERITY = Object.keys(NAMES) as Label[];

/** The label that a rule is based on; null if it is based on something else. */
export const labelOfRule = (rule: string): Label | null =>
  BY_SEVERITY.find((label) => NAMES[label].key === rule) ?? null;

// For trusted readers, the odds (p / (1 - p)) of a `hold` threshold are multiplied by this. The thresholds of the word
// lists do not change.
const TRUSTED_ODDS = 1.7;
function trustedHold(hold: number, reject: number | null | undefined): number {
  const odds = TRUSTED_ODDS * hold;
  return Math.min(odds / (odds + 1 - hold), reject ?? 1);
}
const FIXED_THRESHOLD_LABELS: ReadonlySet<Label> = new Set(['bannedWords', 'suspectWords']);

/**
 * Chooses the action that follows from a revision's scores.
 *
 * Checked in this order. Hold: an author who seems to announce self-harm; such a comment is never rejected. Hold: a
 * reader who may not post at all, a missing score, a required external scorer without a result, or a site or story
 * that holds everything. Reject: a score at its `reject` threshold. Hold: pre-moderation, a score at its `hold`
 * threshold, a brigade, an unscored language (except below the limit of its model), or a new reader's first comments. Otherwise publish. Trusted readers
 * have somewhat higher thresholds for holding (not for rejecting). Their comments are not held for being part of a
 * brigade or among the first ones.
 *
 * An external scorer may release a comment from the `hold` thresholds of a few labels (`isReleasable`), but from no
 * other rule.
 *
 * Other code also holds comments: `RuleDecisionsService` if scoring fails, `FlaggedComments` after enough flags, and
 * `DecisionService` when a decision is undone.
 *
 * @param scores per label, 0 to 1; a missing label was not scored
 * @param policy the effective policy of the story, `hold <= reject`
 * @returns the action and the rule that chose it; `hold` if a label that the policy asks for is missing
 */
export function chooseVerdict(
  scores: ScoreMap,
  standing: Standing,
  policy: Policy,
  facts: DecisionFacts,
): Verdict {
  const { moderation } = policy;
  const thresholds = activeThresholds(policy);
  const isTrusted = standing === 'trusted';
  const readerNotes = [
    ...(facts.isNew ? ['new reader'] : []),
    ...(standing === 'normal' ? [] : [`${standing} reader`]),
  ];

  if (facts.announcesSelfHarm) return held('self-harm', 'the author may be about to harm themselves');

  if (standing === 'banned' || standing === 'suspended') {
    return held(`standing-${standing}`, `the reader is ${standing}`);
  }

  const missing = LABELS.filter((label) => thresholds[label] && !isScore(scores[label]?.value));
  if (missing.length > 0) {
    return held('missing-score', `no scores for ${missing.map((label) => NAMES[label].label).join(', ')}`);
  }

  const { found, absent, released } = facts.external ?? NO_EXTERNAL;
  if (absent.length > 0) {
    const names = absent.map(({ name, reason }) => `${name} gave no score: ${reason}`);
    return held('external-unavailable', names.join(', '));
  }

  if (moderation.mode === 'hold-all') return held('hold-all', 'every comment waits for a moderator here');

  const exceeding = (
    limitOf: (label: Label) => number | undefined,
    externalLimitOf: (found: ExternalFinding) => number | null,
  ): { key: RuleKey; name: string; text: string }[] => [
    ...BY_SEVERITY.flatMap((label) => {
      const limit = limitOf(label);
      const value = scores[label]?.value ?? 0;
      if (limit === undefined || value < limit) return [];
      const comparison = comparisonText(NAMES[label].label, value, limit);
      const reason = NAMES[label === 'refusal' ? refusalReason(scores) : label];
      const text =
        label === 'refusal'
          ? `${reason.label}, ${comparison}`
          : label === 'spam'
            ? [comparison, joinWithAnd(facts.spamReasons ?? [])].filter((part) => part !== '').join(': ')
            : comparison;
      return [{ key: reason.key, name: label, text }];
    }),
    ...found.flatMap((finding) => {
      const limit = externalLimitOf(finding);
      return limit !== null && finding.value >= limit
        ? [
            {
              key: 'external-score' as const,
              name: finding.name,
              text: comparisonText(finding.name, finding.value, limit),
            },
          ]
        : [];
    }),
  ];

  const rejecting = exceeding(
    (label) => thresholds[label]?.reject,
    ({ reject }) => reject,
  );
  const isReleased = (label: Label): boolean =>
    isReleasable(label, scores) && released.some(({ below }) => (scores[label]?.value ?? 0) < below);
  const holding = exceeding(
    (label) => {
      const threshold = thresholds[label];
      if (isReleased(label)) return undefined;
      if (!threshold || !isTrusted || FIXED_THRESHOLD_LABELS.has(label)) return threshold?.hold;
      return trustedHold(threshold.hold, threshold.reject);
    },
    ({ hold, reject }) => (hold === null || !isTrusted ? hold : trustedHold(hold, reject)),
  );

  if (rejecting[0]) {
    // Also name the labels that would have held the comment, for example if spam contains somebody's phone number.
    const alsoHolding = holding.filter(({ name }) => !rejecting.some((exceeded) => exceeded.name === name));
    const text = [...rejecting.map((exceeded) => exceeded.text), ...readerNotes].join(', ');
    const alsoHeldText =
      alsoHolding.length > 0
        ? `; would also be held for ${alsoHolding.map((exceeded) => exceeded.text).join(', ')}`
        : '';
    return { action: 'reject', rule: { key: rejecting[0].key, text: `rejected: ${text}${alsoHeldText}` } };
  }

  const brigades = moderation.brigading.mode === 'hold' && !isTrusted ? (facts.brigading ?? []) : [];
  const reason = [...holding.map((exceeded) => exceeded.text), ...brigades, ...readerNotes].join(', ');
  if (standing === 'pre-moderated') return held('standing-pre-moderated', reason);
  if (holding[0]) return held(holding[0].key, reason);
  if (brigades.length > 0) return held('brigading', brigades.join(', '));

  const fromLanguageModel = languageModelOpinion(moderation, facts);
  if (
    facts.unscoredLanguage !== null &&
    !fromLanguageModel?.publishes &&
    holdsUnscoredLanguage(moderation.unscored, facts.isNew)
  ) {
    const text =
      fromLanguageModel?.text ?? unscoredLanguageText(facts.unscoredLanguage, facts.hasOrderingScores);
    return held('unscored-language', [text, ...readerNotes].join(', '));
  }
  if (!isTrusted && facts.publishedCount < moderation.newReaderHoldsFirst) {
    const first = moderation.newReaderHoldsFirst;
    return held(
      'new-reader',
      `${facts.publishedCount} published so far, a reader's first ${first} ${first === 1 ? 'comment is' : 'comments are'} held for review`,
    );
  }
  const overruled = BY_SEVERITY.filter(
    (label) => isReleased(label) && (scores[label]?.value ?? 0) >= (thresholds[label]?.hold ?? Infinity),
  ).map((label) => comparisonText(NAMES[label].label, scores[label]!.value, thresholds[label]!.hold));
  const explanation =
    overruled.length === 0
      ? fromLanguageModel?.publishes
        ? fromLanguageModel.text
        : 'all scores below their thresholds'
      : `${released.map(({ name }) => name).join(', ')} found no violation, despite ${overruled.join(', ')}`;
  return {
    action: 'publish',
    rule: {
      key: fromLanguageModel?.publishes ? 'language-model' : 'all-clear',
      text: `published: ${[explanation, ...readerNotes].join(', ')}`,
    },
  };
}

/** With the same reach and no flags, it sorts before comments of risk 1 that have waited up to 40 hours longer. */
export const SELF_HARM_RISK = 100;

/**
 * How close the comment came to being held: below the threshold, the ratio of score to threshold; above it, 1 plus the
 * share of the way from the threshold to 1. The highest value of all labels counts. The queue's priority combines it
 * with the flags, the reach and the waiting time (`upsert_queue_entry`).
 *
 * @returns 0 to 2; 0 if nothing was found, at least 1 if a threshold is reached
 */
export function riskOf(scores: ScoreMap, policy: Policy, { found } = NO_EXTERNAL): number {
  const thresholds = activeThresholds(policy);
  const ratio = (value: number, hold = Infinity): number =>
    value < hold || hold >= 1 ? value / Math.max(0.01, hold) : 1 + (value - hold) / (1 - hold);
  return Math.max(
    0,
    ...LABELS.map((label) => ratio(scores[label]?.value ?? 0, thresholds[label]?.hold)),
    ...found.map(({ value, hold, reject }) => ratio(value, hold ?? reject ?? undefined)),
  );
}

const held = (key: RuleKey, reason: string): Verdict => ({
  action: 'hold',
  rule: { key, text: `held: ${reason}` },
});

/** Joins the parts as in "a link, contact details and a known scheme". */
const joinWithAnd = (parts: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);

function holdsUnscoredLanguage(rule: ModerationPolicy['unscored'], isNew: boolean): boolean {
  return rule === 'hold' || (rule === 'hold-new' && isNew);
}

const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

function unscoredLanguageText(language: string, hasOrderingScores = false): string {
  if (language === 'und') return 'in an unrecognised language, which is not scored';
  const name = LANGUAGE_NAMES.of(language);
  if (name === undefined) return 'in a language that is not scored';
  return hasOrderingScores
    ? `in ${name}, whose scores only order the queue`
    : `in ${name}, which is not scored`;
}

/** Whether the model of the comment's language publishes it; null if the site does not let it publish. */
function languageModelOpinion(
  moderation: ModerationPolicy,
  { unscoredLanguage, languageToxicity }: DecisionFacts,
): { publishes: boolean; text: string } | null {
  const limit = unscoredLanguage === null ? null : publishLimitOf(moderation, unscoredLanguage);
  if (unscoredLanguage === null || limit === null || !languageToxicity) return null;
  const name = `in ${LANGUAGE_NAMES.of(unscoredLanguage) ?? unscoredLanguage}`;
  if (languageToxicity.model !== limit.model)
    return { publishes: false, text: `${name}, whose model was updated after its limit was measured` };
  const { value } = languageToxicity;
  return value < limit.toxicity
    ? { publishes: true, text: `${name}, ${comparisonText('toxicity', value, limit.toxicity, '<')}` }
    : { publishes: false, text: `${name}, ${comparisonText('toxicity', value, limit.toxicity)}` };
}

const isScore = (value: number | undefined): boolean => value !== undefined && value >= 0 && value <= 1;

// Uses two decimals, or more if two would hide which number is larger.
function comparisonText(label: string, value: number, limit: number, sign: '≥' | '<' = '≥'): string {
  const digits = [2, 3, 4].find((n) => value === limit || value.toFixed(n) !== limit.toFixed(n)) ?? 4;
  return `${label} ${value.toFixed(digits)} ${sign} ${limit.toFixed(digits)}`;
}
