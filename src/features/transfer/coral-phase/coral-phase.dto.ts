import { Instant, Int, ListOf, Nested, OneOf, Text, TextList, Url } from '../../../platform/http/fields.js';
import { CORAL_REASONS, CORAL_STATUSES } from './coral-answer.js';

const ACTIONS = ['publish', 'hold', 'reject'] as const;

export class CoralPhaseBody {
  @Text({
    optional: true,
    min: 16,
    max: 200,
    pattern: /^[\x21-\x7e]+$/,
    patternMessage: 'A signing secret may contain only visible ASCII characters.',
    description:
      'The signing secret that Coral shows for the phase. Required the first time. It replaces the previous secret, which stays valid for another 24 hours.',
  })
  secret?: string;

  @Int({
    optional: true,
    min: 100,
    max: 10_000,
    description:
      "The phase's timeout in milliseconds, as set in Coral. If omitted, it keeps its value, and is 200 (Coral's default) the first time.",
  })
  timeoutMs?: number;
}

export class CoralPhaseAnswer {
  @Url({ description: 'The callback URL to enter in Coral.' }) url: string;
  @Int({ description: "The phase's timeout in milliseconds, as set in Coral." }) timeoutMs: number;
  @Int({ description: 'Every request gets a response within this many milliseconds of its arrival.' })
  answerWithinMs: number;
  @Instant({ nullable: true, description: 'The previous secret is still accepted until this time.' })
  previousSecretValidUntil: string | null;
  @Instant({
    nullable: true,
    description: 'When the last response was sent, accurate to five seconds.',
  })
  lastAnswerAt: string | null;
  @OneOf(ACTIONS, { nullable: true, description: 'The decision in that response.' })
  lastAnswer: (typeof ACTIONS)[number] | null;
  @Text({ nullable: true, description: 'The rule behind that decision.' }) lastRule: string | null;
  @Instant({
    nullable: true,
    description: 'When the last request was rejected, or its comment held because something failed.',
  })
  lastFailureAt: string | null;
  @Text({ nullable: true, description: 'What went wrong then.' }) lastFailure: string | null;
  @Instant() updatedAt: string;
}

export class CoralFlag {
  @OneOf(['FLAG']) actionType: 'FLAG';
  @OneOf(CORAL_REASONS) reason: (typeof CORAL_REASONS)[number];
}

export class CoralReasonAnswer {
  @Text({
    description:
      'The rule behind the decision: one that also applies to Postbag’s own comments, or one of this endpoint.',
  })
  rule: string;
  @Text({ max: 2_000, description: 'The rule in words.' }) text: string;
}

export class CoralModerationAnswer {
  @OneOf(CORAL_STATUSES, {
    optional: true,
    description:
      'If omitted, Coral applies its own rules. SYSTEM_WITHHELD: the comment waits for a moderator.',
  })
  status?: (typeof CORAL_STATUSES)[number];
  @ListOf(() => CoralFlag, {
    maxItems: 2,
    description: 'The scores, expressed as the two flags that Coral accepts.',
  })
  actions: CoralFlag[];
  @TextList({
    optional: true,
    values: ['FEATURED', 'STAFF'],
    description: 'Never sent. Coral accepts only these two tags, and neither can express a reason.',
  })
  tags?: string[];
  @Nested(() => CoralReasonAnswer, { description: 'The reason for the decision. Coral ignores it.' })
  reason: CoralReasonAnswer;
}
