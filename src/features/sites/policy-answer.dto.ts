import { Answer, Bool, Int, ListOf, Nested, Num, OneOf, Text, TextList } from '../../platform/http/fields.js';
import { LABELS, type Label } from './labels.js';
import type { LanguageModelUse, PublishLimit } from './language-levels.js';
import {
  LANGUAGE_MODELS_DESCRIPTION,
  LANGUAGE_MODELS_SCHEMA,
  PUBLISH_BELOW_DESCRIPTION,
  PUBLISH_BELOW_SCHEMA,
} from './language-models.field.js';
import {
  AUTHORS_LANGUAGE_DESCRIPTION,
  AUTHORS_TELL_DESCRIPTION,
  BRIGADING_DESCRIPTIONS,
  CLOSE_STORIES_DESCRIPTION,
  LEARNING,
  LEARNING_DESCRIPTION,
  ReasonDto,
  ruleDescription,
} from './policy.dto.js';
import type {
  BrigadingPolicy,
  GateAction,
  ModerationPolicy,
  Policy,
  Quotas,
  Threshold,
  TierRules,
} from './policy.js';

/*
 * A site's complete policy as the API returns it. Settings that the site has not set have their defaults.
 */

const Rule = (action: GateAction): PropertyDecorator => Text({ description: ruleDescription(action) });

class GateRules {
  @Rule('read') read: string;
  @Rule('comment') comment: string;
  @Rule('reply') reply: string;
  @Rule('react') react: string;
  @Rule('flag') flag: string;
}

class PolicyThreshold implements Threshold {
  @Num({ nullable: true, min: 0, max: 1, description: 'Comments are held from this score; null: never.' })
  hold: number | null;

  @Num({ nullable: true, min: 0, max: 1, description: 'Comments are rejected from this score; null: never.' })
  reject: number | null;
}

/** One member per label. */
class PolicyThresholds {}
for (const label of LABELS) Nested(() => PolicyThreshold)(PolicyThresholds.prototype, label);

class WordLists {
  @TextList({ description: 'A comment that contains one of these is rejected.' }) banned: string[];
  @TextList({ description: 'A comment that contains one of these is held.' }) suspect: string[];
}

class LinkRules {
  @Int({ description: 'A comment with more links than this is held.' }) max: number;
  @TextList({ description: 'Links to these domains are not counted.' }) allow: string[];
  @TextList({ description: 'A comment with a link to one of these domains is held.' }) block: string[];
}

class BrigadingRules implements BrigadingPolicy {
  @OneOf(['off', 'hold'], { description: BRIGADING_DESCRIPTIONS.mode }) mode: 'off' | 'hold';
  @Int({ description: BRIGADING_DESCRIPTIONS.newReaders }) newReaders: number;
  @Int({ description: BRIGADING_DESCRIPTIONS.minutes }) minutes: number;
  @Int({ description: BRIGADING_DESCRIPTIONS.sameText }) sameText: number;
}

class ModerationRules implements ModerationPolicy {
  @OneOf(['score', 'hold-all']) mode: 'score' | 'hold-all';
  @Nested(() => PolicyThresholds) thresholds: Record<Label, PolicyThreshold>;
  @Nested(() => WordLists) wordLists: WordLists;
  @Nested(() => LinkRules) links: LinkRules;
  @Int({ description: "How many of a new reader's first comments are held." }) newReaderHoldsFirst: number;
  @Int({ description: 'A published comment is held once it has this many open flags; 0: never.' })
  flagsToHold: number;
  @Nested(() => BrigadingRules) brigading: BrigadingRules;
  @OneOf(['hold', 'hold-new', 'publish'], {
    description: 'For comments in languages that the scorer does not support.',
  })
  unscored: 'hold' | 'hold-new' | 'publish';
  @TextList({ description: 'Languages that comments may be written in; empty: any language.' })
  languages: string[];
  @Answer(LANGUAGE_MODELS_SCHEMA, { description: LANGUAGE_MODELS_DESCRIPTION })
  languageModels: Record<string, LanguageModelUse>;
  @Answer(PUBLISH_BELOW_SCHEMA, { description: PUBLISH_BELOW_DESCRIPTION })
  publishBelow: Record<string, PublishLimit>;
  @OneOf(LEARNING, { description: LEARNING_DESCRIPTION }) learning: 'off' | 'shadow' | 'take-over';
}

const perDay = { type: ['integer', 'null'] };

class QuotaRules implements Quotas {
  @Int({ nullable: true, description: 'Maximum per reader in 24 hours; null: no limit.' })
  commentsPerDay: number | null;

  @Answer(
    {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['commentsPerDay'],
        properties: { commentsPerDay: perDay },
      },
    },
    { description: 'Limits for individual tiers, by tier key.' },
  )
  tiers: Record<string, { commentsPerDay: number | null }>;
}

class AuthorEmailRules {
  @Bool({ description: AUTHORS_TELL_DESCRIPTION }) tell: boolean;
  @Text({ max: 2, description: AUTHORS_LANGUAGE_DESCRIPTION }) language: string;
}

class BodyLimits {
  @Int() minChars: number;
  @Int() maxChars: number;
}

export class PolicyAnswer implements Policy {
  @Nested(() => GateRules) gate: GateRules;
  @Nested(() => ModerationRules) moderation: ModerationRules;
  @Nested(() => QuotaRules) quotas: QuotaRules;
  @Answer(
    {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          maxChars: { type: 'integer' },
          editWindowSeconds: { type: 'integer' },
          preModerated: { type: 'boolean' },
          badge: { type: 'string' },
        },
      },
    },
    { description: 'Different settings for readers of individual tiers, by tier key.' },
  )
  tiers: Record<string, TierRules>;

  @Int({ description: 'How long authors may edit or delete their comment after posting.' })
  editWindowSeconds: number;
  @Bool({ description: 'Whether the old text stays visible while an edit is being scored.' })
  showOldWhileScoring: boolean;
  @Bool({ description: 'Whether readers are warned that their text will probably be held.' })
  noticeBeforeSending: boolean;
  @Int({ description: CLOSE_STORIES_DESCRIPTION }) closeStoriesAfterDays: number;

  @Nested(() => AuthorEmailRules) authors: AuthorEmailRules;
  @Nested(() => BodyLimits) body: BodyLimits;
  @TextList({ description: 'Available reactions, in display order.' }) reactions: string[];
  @ListOf(() => ReasonDto) reasons: ReasonDto[];
}
