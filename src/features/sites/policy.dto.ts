import { ValidateBy } from 'class-validator';
import {
  Bool,
  Int,
  Json,
  ListOf,
  Nested,
  Num,
  OneOf,
  Text,
  TextList,
  type FieldOptions,
} from '../../platform/http/fields.js';
import { LABELS, QUALITY_LABELS } from './labels.js';
import type { LanguageModelUse, PublishLimit } from './language-levels.js';
import { LanguageModelsField, PublishBelowField } from './language-models.field.js';
import { OPEN_ACTIONS, type GateAction } from './policy.js';

export const LEARNING = ['off', 'shadow', 'take-over'] as const;
export const LEARNING_DESCRIPTION =
  'How moderators’ decisions are used for learning: `shadow` trains and measures a site model without changing any score; `take-over` also uses the site model once it has proved better than the shipped model.';

// Every member may be left out (it stays unchanged) or be null (it is reset to the default).
const patchable = { optional: true, nullable: true } as const;

const TIER_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const DOMAIN = /^(?=.{1,253}$)(?!-)[^\s/:@?#*\p{Cc}]+\.[^\s/:@?#*\p{Cc}]+$/u;
const LOWER_CASE_CODE = /^[a-z][a-z0-9-]{0,31}$/;

const SIGNED_IN_RULE = /^(?!anyone$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const isOpenAction = (action: GateAction): boolean => OPEN_ACTIONS.includes(action);

export const ruleDescription = (action: GateAction): string =>
  `Who may ${action}: ${isOpenAction(action) ? '"anyone", ' : ''}"signed-in", or a tier's key.`;

const Rule = (action: GateAction): PropertyDecorator =>
  Text({
    ...patchable,
    max: 64,
    pattern: isOpenAction(action) ? TIER_KEY : SIGNED_IN_RULE,
    patternMessage: isOpenAction(action)
      ? '$property must be "anyone", "signed-in" or the key of a tier'
      : '$property must be "signed-in" or the key of a tier: "anyone" may only read and flag',
    description: ruleDescription(action),
  });

const EachMatches = (pattern: RegExp, expected: string): PropertyDecorator =>
  ValidateBy(
    {
      name: 'eachMatches',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && pattern.test(value),
        defaultMessage: () => `each value in $property must be ${expected}`,
      },
    },
    { each: true },
  );

function applyAll(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

const WordListField = (description: string): PropertyDecorator =>
  applyAll(
    TextList({ ...patchable, description, maxItems: 5000, max: 100 }),
    EachMatches(/[\p{L}\p{N}\p{S}]/u, 'a word or phrase, with * for any letters'),
  );

const Domains = (description: string): PropertyDecorator =>
  applyAll(
    TextList({ ...patchable, description, maxItems: 5000, max: 253 }),
    EachMatches(DOMAIN, 'a domain such as example.com'),
  );

const Languages = (description: string): PropertyDecorator =>
  applyAll(
    TextList({ ...patchable, description, maxItems: 50, max: 2 }),
    EachMatches(/^[a-z]{2}$/, 'a two-letter language code (ISO 639-1), such as en'),
  );

const isQuota = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100_000);

/** `{tierKey: {commentsPerDay: n | null} | null}` */
function isTierQuotas(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value as Record<string, unknown>);
  return (
    entries.length <= 100 &&
    entries.every(([key, quota]) => {
      if (!TIER_KEY.test(key)) return false;
      if (quota === null) return true;
      if (typeof quota !== 'object' || Array.isArray(quota)) return false;
      const members = Object.entries(quota);
      return members.length === 1 && members[0][0] === 'commentsPerDay' && isQuota(members[0][1]);
    })
  );
}

const isWithin = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

const TIER_RULES: Readonly<Record<string, (value: unknown) => boolean>> = {
  maxChars: (value) => isWithin(value, 1, 20_000),
  editWindowSeconds: (value) => isWithin(value, 0, 86_400),
  preModerated: (value) => typeof value === 'boolean',
  badge: (value) =>
    typeof value === 'string' && value.length <= 80 && value.isWellFormed() && !value.includes('\0'),
};

/** `{tierKey: {maxChars?, editWindowSeconds?, preModerated?, badge?} | null}` */
function isTierRules(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value as Record<string, unknown>);
  return (
    entries.length <= 100 &&
    entries.every(([key, rules]) => {
      if (!TIER_KEY.test(key)) return false;
      if (rules === null) return true;
      if (typeof rules !== 'object' || Array.isArray(rules)) return false;
      return Object.entries(rules).every(
        ([name, rule]) =>
          Object.hasOwn(TIER_RULES, name) && (rule === null || TIER_RULES[name](rule as unknown)),
      );
    })
  );
}

const TierRulesField = (): PropertyDecorator =>
  applyAll(
    Json(
      {
        type: 'object',
        additionalProperties: {
          type: ['object', 'null'],
          properties: {
            maxChars: { type: ['integer', 'null'], minimum: 1, maximum: 20_000 },
            editWindowSeconds: { type: ['integer', 'null'], minimum: 0, maximum: 86_400 },
            preModerated: { type: ['boolean', 'null'] },
            badge: { type: ['string', 'null'], maxLength: 80 },
          },
          additionalProperties: false,
        },
      },
      {
        ...patchable,
        description:
          'Rules for the readers of individual tiers, by tier key; they replace the general rules: `maxChars`, `editWindowSeconds`, `preModerated` (true: their comments wait for a moderator; false: they never do, even if all other comments wait), `badge` (empty: none).',
      },
    ),
    ValidateBy({
      name: 'tierRules',
      validator: {
        validate: isTierRules,
        defaultMessage: () =>
          '$property must map tier keys to {maxChars, editWindowSeconds, preModerated, badge}; each member may be left out or null',
      },
    }),
  );

export type TierRulesPatch = Record<
  string,
  {
    maxChars?: number | null;
    editWindowSeconds?: number | null;
    preModerated?: boolean | null;
    badge?: string | null;
  } | null
>;

export class GatePatch {
  @Rule('read') read?: string | null;
  @Rule('comment') comment?: string | null;
  @Rule('reply') reply?: string | null;
  @Rule('react') react?: string | null;
  @Rule('flag') flag?: string | null;
}

export class ThresholdPatch {
  @Num({ ...patchable, min: 0, max: 1, description: 'Comments are held from this score; null: never.' })
  hold?: number | null;

  @Num({
    ...patchable,
    min: 0,
    max: 1,
    description: 'Comments are rejected from this score, which must be at least `hold`; null: never.',
  })
  reject?: number | null;
}

/** One member per label. */
export class ThresholdsPatch {}
for (const label of LABELS) Nested(() => ThresholdPatch, { ...patchable })(ThresholdsPatch.prototype, label);
// Declared so that the error explains why these labels have no threshold, instead of reporting an unknown field.
for (const label of QUALITY_LABELS)
  ValidateBy({
    name: 'qualityLabel',
    validator: {
      validate: (value: unknown) => value === undefined,
      defaultMessage: () =>
        'no threshold may be set for $property: it says how good a comment is, and only orders and suggests comments',
    },
  })(ThresholdsPatch.prototype, label);

export class WordListsPatch {
  @WordListField('A comment that contains one of these is rejected.') banned?: string[] | null;
  @WordListField('A comment that contains one of these is held.') suspect?: string[] | null;
}

export class LinksPatch {
  @Int({ ...patchable, min: 0, max: 100, description: 'A comment with more links than this is held.' }) max?:
    number | null;
  @Domains('Links to these domains are not counted.') allow?: string[] | null;
  @Domains('A comment with a link to one of these domains is held.') block?: string[] | null;
}

export const BRIGADING_DESCRIPTIONS = {
  mode: '`hold` holds comments of new accounts while there are unusually many of them; `off` does not.',
  newReaders: 'The number of new accounts that comment on one story within the window.',
  minutes: 'The length of the window, in minutes.',
  sameText: 'The number of new accounts that post nearly the same text within the window.',
} as const;

export class BrigadingPatch {
  @OneOf(['off', 'hold'], { ...patchable, description: BRIGADING_DESCRIPTIONS.mode }) mode?:
    'off' | 'hold' | null;
  @Int({ ...patchable, min: 3, max: 1000, description: BRIGADING_DESCRIPTIONS.newReaders })
  newReaders?: number | null;
  @Int({ ...patchable, min: 1, max: 60, description: BRIGADING_DESCRIPTIONS.minutes }) minutes?:
    number | null;
  @Int({ ...patchable, min: 3, max: 1000, description: BRIGADING_DESCRIPTIONS.sameText }) sameText?:
    number | null;
}

export class ModerationPatch {
  @OneOf(['score', 'hold-all'], patchable) mode?: 'score' | 'hold-all' | null;
  @Nested(() => ThresholdsPatch, patchable) thresholds?: ThresholdsPatch | null;
  @Nested(() => WordListsPatch, patchable) wordLists?: WordListsPatch | null;
  @Nested(() => LinksPatch, patchable) links?: LinksPatch | null;

  @Int({
    ...patchable,
    min: 0,
    max: 1000,
    description: "How many of a new reader's first comments are held.",
  })
  newReaderHoldsFirst?: number | null;

  @Int({
    ...patchable,
    min: 0,
    max: 1000,
    description: 'A published comment is held once it has this many open flags; 0: never.',
  })
  flagsToHold?: number | null;

  @Nested(() => BrigadingPatch, patchable) brigading?: BrigadingPatch | null;

  @OneOf(['hold', 'hold-new', 'publish'], {
    ...patchable,
    description:
      'For comments in languages that no scorer supports: `hold` holds all of them, including those of trusted readers; `hold-new` holds only those of new readers.',
  })
  unscored?: 'hold' | 'hold-new' | 'publish' | null;

  @Languages('The languages that comments may be written in, such as `en`; empty: any language.') languages?:
    string[] | null;

  @LanguageModelsField()
  languageModels?: Record<string, LanguageModelUse | null> | null;
  @PublishBelowField()
  publishBelow?: Record<string, PublishLimit | null> | null;

  @OneOf(LEARNING, { ...patchable, description: LEARNING_DESCRIPTION })
  learning?: 'off' | 'shadow' | 'take-over' | null;
}

export class QuotasPatch {
  @Int({ ...patchable, min: 0, max: 100_000, description: 'Maximum per reader in 24 hours; null: no limit.' })
  commentsPerDay?: number | null;

  @Json(
    {
      type: 'object',
      additionalProperties: {
        type: ['object', 'null'],
        properties: { commentsPerDay: { type: ['integer', 'null'], minimum: 0, maximum: 100_000 } },
        additionalProperties: false,
      },
    },
    { ...patchable, description: 'Limits for individual tiers, by tier key.' },
  )
  @ValidateBy({
    name: 'tierQuotas',
    validator: {
      validate: isTierQuotas,
      defaultMessage: () =>
        '$property must map tier keys to {commentsPerDay: a whole number up to 100000, or null}',
    },
  })
  tiers?: Record<string, { commentsPerDay: number | null } | null> | null;
}

export class BodyLimitsPatch {
  @Int({ ...patchable, min: 1, max: 1000 }) minChars?: number | null;
  @Int({ ...patchable, min: 1, max: 20_000 }) maxChars?: number | null;
}

const reasonText: FieldOptions = {
  description: 'The text shown to the author, unless there is one in their language.',
};

const MAX_TEXT_CHARS = 500;
const MAX_LANGUAGES = 50;

/** `{language: text}` */
function isReasonTexts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value as Record<string, unknown>);
  return (
    entries.length <= MAX_LANGUAGES &&
    entries.every(
      ([language, text]) =>
        /^[a-z]{2}$/.test(language) &&
        typeof text === 'string' &&
        text.length <= MAX_TEXT_CHARS &&
        text.trim() !== '' &&
        text.isWellFormed() &&
        !text.includes('\0'),
    )
  );
}

export class ReasonDto {
  @Text({
    max: 32,
    pattern: LOWER_CASE_CODE,
    patternMessage: '$property may contain only lower-case letters, digits and hyphens',
  })
  code: string;

  @Text({ max: 80, description: 'The label moderators choose from.' }) label: string;
  @Text({ ...reasonText, max: MAX_TEXT_CHARS }) text: string;

  @Json(
    {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1, maxLength: MAX_TEXT_CHARS },
      maxProperties: MAX_LANGUAGES,
    },
    {
      optional: true,
      description:
        'The text for authors who commented on a page in that language (ISO 639-1). Translations of the default reasons into af, ar, de, es, fr, nl and pt are built in; they apply while `text` is unchanged.',
    },
  )
  @ValidateBy({
    name: 'reasonTexts',
    validator: {
      validate: isReasonTexts,
      defaultMessage: () =>
        `$property must map two-letter language codes (ISO 639-1), such as de, to texts of 1 to ${MAX_TEXT_CHARS} characters`,
    },
  })
  texts?: Record<string, string>;
}

export const CLOSE_STORIES_DESCRIPTION =
  'A story closes automatically this many days after its publication, or after its registration if it has no publication time; 0: never.';

export const AUTHORS_TELL_DESCRIPTION =
  'Whether the authors of stories (`authorEmails`) get emails about new comments.';
export const AUTHORS_LANGUAGE_DESCRIPTION =
  'The language of these emails: af, ar, de, en, es, fr, nl or pt. For any other language they are in English.';

export class AuthorsPatch {
  @Bool({ ...patchable, description: AUTHORS_TELL_DESCRIPTION }) tell?: boolean | null;
  @Text({
    ...patchable,
    max: 2,
    pattern: /^[a-z]{2}$/,
    patternMessage: '$property must be a two-letter language code (ISO 639-1), such as en',
    description: AUTHORS_LANGUAGE_DESCRIPTION,
  })
  language?: string | null;
}

/** Any part of a policy: the body of `PATCH /sites/:site/policy`, and what a site stores. */
export class PolicyPatch {
  @Nested(() => GatePatch, patchable) gate?: GatePatch | null;
  @Nested(() => ModerationPatch, patchable) moderation?: ModerationPatch | null;
  @Nested(() => QuotasPatch, patchable) quotas?: QuotasPatch | null;
  @TierRulesField() tiers?: TierRulesPatch | null;

  @Int({
    ...patchable,
    min: 0,
    max: 86_400,
    description: 'How long authors may edit or delete their comment after posting.',
  })
  editWindowSeconds?: number | null;

  @Bool({ ...patchable, description: 'Whether the old text stays visible while an edit is being scored.' })
  showOldWhileScoring?: boolean | null;

  @Bool({ ...patchable, description: 'Whether readers are warned that their text will probably be held.' })
  noticeBeforeSending?: boolean | null;

  @Int({ ...patchable, min: 0, max: 3650, description: CLOSE_STORIES_DESCRIPTION }) closeStoriesAfterDays?:
    number | null;

  @Nested(() => AuthorsPatch, patchable) authors?: AuthorsPatch | null;
  @Nested(() => BodyLimitsPatch, patchable) body?: BodyLimitsPatch | null;

  @TextList({
    ...patchable,
    minItems: 0,
    maxItems: 12,
    max: 32,
    description: 'Available reactions, in display order.',
  })
  @EachMatches(LOWER_CASE_CODE, 'lower-case letters, digits and hyphens')
  reactions?: string[] | null;

  @ListOf(() => ReasonDto, { ...patchable, minItems: 1, maxItems: 50 }) reasons?: ReasonDto[] | null;
}

/** The policy settings that a story or an override can change. */
export class StoryPolicyPatch {
  @Nested(() => GatePatch, patchable) gate?: GatePatch | null;
  @Nested(() => ModerationPatch, patchable) moderation?: ModerationPatch | null;
  @Nested(() => QuotasPatch, patchable) quotas?: QuotasPatch | null;
  @TierRulesField() tiers?: TierRulesPatch | null;
  @Nested(() => BodyLimitsPatch, patchable) body?: BodyLimitsPatch | null;
  @Int({ ...patchable, min: 0, max: 86_400 }) editWindowSeconds?: number | null;
  @Bool(patchable) showOldWhileScoring?: boolean | null;
}
