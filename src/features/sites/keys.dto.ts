import { IsUUID } from 'class-validator';
import { KEY_SCOPES, type KeyScope } from '../../platform/auth/principal.js';
import { Id, Instant, ListOf, Nested, Num, OneOf, Text, TextList } from '../../platform/http/fields.js';

const UNREAD_MODES = ['error', 'score'] as const;
const scopes = { values: KEY_SCOPES, minItems: 1, maxItems: KEY_SCOPES.length };
const sites = {
  nullable: true,
  maxItems: 1000,
  description: 'The sites the key is valid for; null: all sites, including future ones.',
};

const unread = {
  description:
    'For keys with the scope `score`: how `comments:analyze` responds to a text in an unsupported language. `error` (the default) returns an error, as Perspective API does. `score` returns 200 with `value` as the score of each requested attribute, so that clients that publish comments on errors hold the comment instead.',
};

export class UnreadLanguages {
  @OneOf(UNREAD_MODES) mode: (typeof UNREAD_MODES)[number];
  @Num({ optional: true, min: 0, max: 1, description: 'Only with mode `score`.' }) value?: number;
}

export class NewKey {
  @Text({ max: 120, pattern: /\S/, patternMessage: '$property must not be blank' }) name: string;
  @TextList(scopes) scopes: KeyScope[];

  @TextList({ ...sites, optional: true, minItems: 1 })
  @IsUUID(undefined, { each: true })
  sites?: string[] | null;

  @Nested(() => UnreadLanguages, { ...unread, optional: true }) unread?: UnreadLanguages;
}

export class KeyAnswer {
  @Id() id: string;
  @Text() name: string;
  @TextList(scopes) scopes: KeyScope[];
  @TextList(sites) sites: string[] | null;
  @Text({ description: 'The first characters of the key, to identify it in lists.' }) prefix: string;
  @Nested(() => UnreadLanguages, unread) unread: UnreadLanguages;
  @Instant() createdAt: string;
  @Instant({ nullable: true, description: 'Accurate to about five minutes; null: not used yet.' })
  lastUsedAt: string | null;
}

export class NewKeyAnswer extends KeyAnswer {
  @Text({ description: 'The key. Shown only this once; only its hash is stored.' }) key: string;
}

export class KeyPage {
  @ListOf(() => KeyAnswer) items: KeyAnswer[];
  @Text({ nullable: true }) next: string | null;
}
