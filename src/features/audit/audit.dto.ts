import {
  Answer,
  Bool,
  Instant,
  Int,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
} from '../../platform/http/fields.js';

const ACTOR_KINDS = ['moderator', 'key', 'admin', 'system'] as const;

export class AuditQuery extends PageQuery {
  @Text({
    optional: true,
    max: 64,
    pattern: /^[a-z][a-z.-]*$/,
    patternMessage: 'action must be an action such as comment.reject, or a prefix such as comment.',
    description:
      'The action, such as `comment.reject`. With a trailing dot (`comment.`), all actions with that prefix.',
  })
  action?: string;
  @Text({ optional: true, max: 64, description: 'The ID of a moderator or API key.' }) actor?: string;
  @Text({ optional: true, max: 512, description: 'The ID of the object that the action changed.' })
  subject?: string;
  @Instant({ optional: true, description: 'Start of the period, inclusive.' }) from?: string;
  @Instant({ optional: true, description: 'End of the period, exclusive.' }) until?: string;
}

export class AuditActor {
  @OneOf(ACTOR_KINDS) kind: string;
  @Text({ optional: true }) id?: string;
  @Text({ optional: true, description: 'The name at the time of the action.' }) name?: string;
  @Text({
    optional: true,
    description: 'The ID of the request that caused the action, as returned in its `x-request-id` header.',
  })
  request?: string;
}

export class AuditSubject {
  @Text() kind: string;
  @Text({ max: 512 }) id: string;
}

export class AuditEntryAnswer {
  @Int({ min: 1, description: 'The position in the site’s audit chain, starting at 1.' }) position: number;
  @Instant() at: string;
  @Text({ description: 'The action, such as `comment.reject` or `policy.changed`.' })
  action: string;
  @Nested(() => AuditActor) actor: AuditActor;
  @Nested(() => AuditSubject) subject: AuditSubject;
  @Text({ nullable: true, description: 'One of the site’s reason codes, or free text.' })
  reason: string | null;
  @Int({ nullable: true, description: 'The policy version in effect at the time.' }) policyVersion:
    number | null;
  @Answer(
    { type: 'object', additionalProperties: true },
    {
      description:
        'Further details. For a change: the old and new value of each field. For secrets: only that they changed.',
    },
  )
  details: Record<string, unknown>;
  @Text({ description: 'SHA-256 of the hash of the entry before it, its position and its content, in hex.' })
  hash: string;
}

export class AuditPage {
  @ListOf(() => AuditEntryAnswer, { description: 'Newest first.' }) items: AuditEntryAnswer[];
  @Text({ nullable: true, description: 'Cursor of the next page; null on the last page.' }) next:
    string | null;
}

export class BrokenEntryAnswer {
  @Int({ min: 1, description: 'The first entry that was altered or is missing.' }) position: number;
  @Text({ description: 'What is wrong with the entry, for example `is missing`.' }) why: string;
}

export class AuditVerification {
  @Bool() intact: boolean;
  @Int({ min: 0, description: 'The number of entries checked and found intact.' }) length: number;
  @Text({
    description:
      'The hash of the last intact entry. Store it elsewhere to prove later that no entry up to this one was changed.',
  })
  head: string;
  @Nested(() => BrokenEntryAnswer, { nullable: true }) broken: BrokenEntryAnswer | null;
}
