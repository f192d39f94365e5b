import { Id, Instant, Int, Json, ListOf, OneOf, PageQuery, Text } from '../../../platform/http/fields.js';
import { GATE_ACTIONS } from '../../sites/policy.js';
import { REFUSAL_CODES } from '../gate.js';

export class RefusalQuery extends PageQuery {
  @Text({ optional: true, description: "The `sub` of the reader's tokens." }) readerKey?: string;
  @Text({ optional: true, description: 'Key of the story.' }) storyKey?: string;
  @OneOf(GATE_ACTIONS, { optional: true, description: 'The refused action.' }) action?: string;
  @OneOf(REFUSAL_CODES, { optional: true, description: 'The reason code.' }) code?: string;
  @Instant({ optional: true, description: 'Only refusals at or after this time.' }) since?: string;
  @Instant({ optional: true, description: 'Only refusals before this time.' }) until?: string;
}

export class RefusalAnswer {
  @Id() id: string;
  @Instant({
    description: 'Time of the first of these refusals.',
  })
  refusedAt: string;
  @Int({
    description:
      'Number of identical refusals within a second, or within an hour for requests without a token.',
  })
  times: number;
  @Text({ nullable: true, description: "The `sub` of the reader's tokens; null if signed out." }) readerKey:
    string | null;
  @Text({ nullable: true }) storyKey: string | null;
  @OneOf(GATE_ACTIONS) action: string;
  @OneOf(REFUSAL_CODES) code: string;
  @Text({ description: 'The message that the reader got.' }) message: string;
  @Text({ nullable: true, description: 'Key of the required tier.' }) requiredTier: string | null;
  @Text({ description: "Id of the request, as in its response and the server's log." }) requestId: string;
  @Json(
    { type: 'object', additionalProperties: true },
    {
      description:
        'Everything that the refusal was based on: the rules, the overrides, the version of the policy, the token’s claims, the known entitlements and endings, the lookup result, the standing and the quota.',
    },
  )
  inputs: Record<string, unknown>;
}

export class RefusalPage {
  @ListOf(() => RefusalAnswer, { description: 'Refusals, newest first.' }) items: RefusalAnswer[];
  @Text({ nullable: true }) next: string | null;
}
