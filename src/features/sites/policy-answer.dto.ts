import { Answer, Bool, Int, ListOf, Nested, Num, OneOf, Text, TextList } from '../../platform/http/fields.js';
import { LABELS, type Label } from './labels.js';
import {
  AUTHORS_LANGUAGE_DESCRIPTION,
  AUTHORS_TELL_DESCRIPTION,
  CLOSE_STORIES_DESCRIPTION,
  LEARNING,
  LEARNING_DESCRIPTION,
  ReasonDto,
  ruleDescription,
} from './policy.dto.js';
import type { GateAction, ModerationPolicy, Policy, Quotas, Threshold, TierRules } from './policy.js';

/* A site's policy as the API shows it: complete, what the site left out filled in from the defaults. */

const Rule = (action: GateAction): PropertyDecorator => Text({ description: ruleDescription(action) });

class GateRules {
  @Rule('read') read: string;
  @Rule('comment') comment: string;
  @Rule('reply') reply: string;
  @Rule('react') react: string;
  @Rule('flag') flag: string;
}

class PolicyThreshold implements Threshold {
  @Num({ nullable: true, min: 0, max: 1, description: 'Held from this score; null: never.' })
  hold: number | null;

  @Num({ nullable: true, min: 0, max: 1, description: 'Rejected from this score; null: never.' })
  reject: number | null;
}

/** One member per label. */
class PolicyThresholds {}
for (const label of LABELS) Nested(() => PolicyThreshold)(PolicyThresholds.prototype, label);

class WordLists {
  @TextList({ description: 'A comment with one of these is rejected.' }) banned: string[];
  @TextList({ description: 'A comment with one of these is held.' }) suspect: string[];
}

class LinkRules {
  @Int({ description: 'More links than this hold the comment.' }) max: number;
  @TextList({ description: 'Links to these never count.' }) allow: string[];
  @TextList({ description: 'A link to one of these holds the comment.' }) block: string[];
}

class ModerationRules implements ModerationPolicy {
  @OneOf(['score', 'hold-all']) mode: 'score' | 'hold-all';
  @Nested(() => PolicyThresholds) thresholds: Record<Label, PolicyThreshold>;
  @Nested(() => WordLists) wordLists: WordLists;
  @Nested(() => LinkRules) links: LinkRules;
  @Int({ description: "So many of a reader's first comments are held." }) newReaderHoldsFirst: number;
  @Int({ description: 'So many open flags hold a published comment; 0: never.' }) flagsToHold: number;
  @OneOf(['hold', 'hold-new', 'publish'], { description: 'For languages that the scorer does not read.' })
  unscored: 'hold' | 'hold-new' | 'publish';
  @TextList({ description: 'What comments may be in; empty: any language.' }) languages: string[];
  @OneOf(LEARNING, { description: LEARNING_DESCRIPTION }) learning: 'off' | 'shadow' | 'take-over';
}

const perDay = { type: ['integer', 'null'] };

class QuotaRules implements Quotas {
  @Int({ nullable: true, description: 'Per reader in 24 hours; null: no limit.' })
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
    { description: 'Limits of single tiers, by tier key.' },
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
    { description: 'What counts for the readers of single tiers instead, by tier key.' },
  )
  tiers: Record<string, TierRules>;

  @Int({ description: 'How long an author may edit or delete.' }) editWindowSeconds: number;
  @Bool({ description: 'Whether the old text stays visible while an edit is scored.' })
  showOldWhileScoring: boolean;
  @Bool({ description: 'Whether readers are told that a text will probably be held.' })
  noticeBeforeSending: boolean;
  @Int({ description: CLOSE_STORIES_DESCRIPTION }) closeStoriesAfterDays: number;

  @Nested(() => AuthorEmailRules) authors: AuthorEmailRules;
  @Nested(() => BodyLimits) body: BodyLimits;
  @TextList({ description: 'Kinds of reactions, in order.' }) reactions: string[];
  @ListOf(() => ReasonDto) reasons: ReasonDto[];
}
