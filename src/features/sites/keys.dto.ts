import { IsUUID } from 'class-validator';
import { KEY_SCOPES, type KeyScope } from '../../platform/auth/principal.js';
import { Id, Instant, ListOf, Text, TextList } from '../../platform/http/fields.js';

const scopes = { values: KEY_SCOPES, minItems: 1, maxItems: KEY_SCOPES.length };
const sites = {
  nullable: true,
  maxItems: 1000,
  description: 'The sites that the key is for; null: every one, also those to come.',
};

export class NewKey {
  @Text({ max: 120, pattern: /\S/, patternMessage: '$property must not be blank' }) name: string;
  @TextList(scopes) scopes: KeyScope[];

  @TextList({ ...sites, optional: true, minItems: 1 })
  @IsUUID(undefined, { each: true })
  sites?: string[] | null;
}

export class KeyAnswer {
  @Id() id: string;
  @Text() name: string;
  @TextList(scopes) scopes: KeyScope[];
  @TextList(sites) sites: string[] | null;
  @Text({ description: 'The first characters of the key, by which to know it again.' }) prefix: string;
  @Instant() createdAt: string;
  @Instant({ nullable: true, description: 'To within five minutes; null: not yet.' }) lastUsedAt:
    string | null;
}

export class NewKeyAnswer extends KeyAnswer {
  @Text({ description: 'The key. Shown this once; only a hash of it is kept.' }) key: string;
}

export class KeyPage {
  @ListOf(() => KeyAnswer) items: KeyAnswer[];
  @Text({ nullable: true }) next: string | null;
}
