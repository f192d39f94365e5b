import { Instant, Int, ListOf, Nested, OneOf, Text, TextList, Url } from '../../../platform/http/fields.js';
import { CORAL_REASONS, CORAL_STATUSES } from './coral-answer.js';

const ACTIONS = ['publish', 'hold', 'reject'] as const;

export class CoralPhaseBody {
  @Text({
    optional: true,
    min: 16,
    max: 200,
    pattern: /^[\x21-\x7e]+$/,
    patternMessage: 'A signing secret is of visible ASCII characters.',
    description:
      'The signing secret that Coral shows for the phase; needed the first time. It replaces the one before, which ' +
      'counts for another 24 hours.',
  })
  secret?: string;

  @Int({
    optional: true,
    min: 100,
    max: 10_000,
    description:
      "The phase's timeout in milliseconds, as it is set in Coral; 200, Coral's own default, if it was never set here.",
  })
  timeoutMs?: number;
}

export class CoralPhaseAnswer {
  @Url({ description: "The phase's callback URL, for Coral." }) url: string;
  @Int({ description: "The phase's timeout, as it is set in Coral." }) timeoutMs: number;
  @Int({ description: 'How long after its arrival a request is answered at the latest.' })
  answerWithinMs: number;
  @Instant({ nullable: true, description: 'Until when the secret before counts as well.' })
  previousSecretValidUntil: string | null;
  @Instant({ nullable: true, description: 'The last request that was answered, to within five seconds.' })
  lastAnswerAt: string | null;
  @OneOf(ACTIONS, { nullable: true, description: 'What was decided then.' })
  lastAnswer: (typeof ACTIONS)[number] | null;
  @Text({ nullable: true, description: 'The rule that decided it.' }) lastRule: string | null;
  @Instant({
    nullable: true,
    description: 'The last request that was refused, or answered by holding because something failed.',
  })
  lastFailureAt: string | null;
  @Text({ nullable: true, description: 'What was wrong then.' }) lastFailure: string | null;
  @Instant() updatedAt: string;
}

export class CoralFlag {
  @OneOf(['FLAG']) actionType: 'FLAG';
  @OneOf(CORAL_REASONS) reason: (typeof CORAL_REASONS)[number];
}

export class CoralReasonAnswer {
  @Text({ description: 'The rule that decided; as in decisions about comments of our own.' }) rule: string;
  @Text({ max: 2_000, description: 'The same in words.' }) text: string;
}

export class CoralModerationAnswer {
  @OneOf(CORAL_STATUSES, {
    optional: true,
    description: 'Left out: Coral goes on by its own rules. SYSTEM_WITHHELD: it waits for a moderator.',
  })
  status?: (typeof CORAL_STATUSES)[number];
  @ListOf(() => CoralFlag, {
    maxItems: 2,
    description: 'What the scores say, in the two flags that Coral takes.',
  })
  actions: CoralFlag[];
  @TextList({
    optional: true,
    values: ['FEATURED', 'STAFF'],
    description: 'Never given: Coral takes only these two, and none of them is a reason.',
  })
  tags?: string[];
  @Nested(() => CoralReasonAnswer, { description: 'Why. Coral passes it over.' }) reason: CoralReasonAnswer;
}
