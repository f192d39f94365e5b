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
    patternMessage: 'an action is like comment.reject, or its beginning, like comment.',
    description: 'What was done, such as `comment.reject`; with a dot at its end all of one kind.',
  })
  action?: string;
  @Text({ optional: true, max: 64, description: 'The id of a moderator or key.' }) actor?: string;
  @Text({ optional: true, max: 512, description: 'The id of what it was done to.' }) subject?: string;
  @Instant({ optional: true, description: 'Inclusive.' }) from?: string;
  @Instant({ optional: true, description: 'Exclusive.' }) until?: string;
}

export class AuditActor {
  @OneOf(ACTOR_KINDS) kind: string;
  @Text({ optional: true }) id?: string;
  @Text({ optional: true, description: 'As it was then.' }) name?: string;
  @Text({ optional: true, description: 'Of the request, as in `x-request-id`.' }) request?: string;
}

export class AuditSubject {
  @Text() kind: string;
  @Text({ max: 512 }) id: string;
}

export class AuditEntryAnswer {
  @Int({ min: 1, description: 'In the chain of the site, from 1.' }) position: number;
  @Instant() at: string;
  @Text({ description: 'Such as `comment.reject`, `policy.changed`, `role.made`.' }) action: string;
  @Nested(() => AuditActor) actor: AuditActor;
  @Nested(() => AuditSubject) subject: AuditSubject;
  @Text({ nullable: true, description: 'A code of the site’s reasons, or what was written.' })
  reason: string | null;
  @Int({ nullable: true, description: 'That counted then.' }) policyVersion: number | null;
  @Answer(
    { type: 'object', additionalProperties: true },
    {
      description:
        'What else is known: of a change, old and new of each member; of secrets only that they changed.',
    },
  )
  details: Record<string, unknown>;
  @Text({ description: 'SHA-256, hex.' }) hash: string;
}

export class AuditPage {
  @ListOf(() => AuditEntryAnswer, { description: 'The newest first.' }) items: AuditEntryAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class BrokenEntryAnswer {
  @Int({ min: 1, description: 'The first entry that is wrong or missing.' }) position: number;
  @Text() why: string;
}

export class AuditVerification {
  @Bool() intact: boolean;
  @Int({ min: 0, description: 'Entries that were read and are as they were written.' }) length: number;
  @Text({ description: 'The hash of the last of these: kept elsewhere, it proves all up to it.' })
  head: string;
  @Nested(() => BrokenEntryAnswer, { nullable: true }) broken: BrokenEntryAnswer | null;
}
