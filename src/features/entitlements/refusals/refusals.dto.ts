import { Id, Instant, Int, Json, ListOf, OneOf, PageQuery, Text } from '../../../platform/http/fields.js';
import { GATE_ACTIONS } from '../../sites/policy.js';
import { REFUSAL_CODES } from '../gate.js';

export class RefusalQuery extends PageQuery {
  @Text({ optional: true, description: "The `sub` of the reader's tokens." }) readerKey?: string;
  @Text({ optional: true, description: "The story's key." }) storyKey?: string;
  @OneOf(GATE_ACTIONS, { optional: true, description: 'What was refused.' }) action?: string;
  @OneOf(REFUSAL_CODES, { optional: true, description: 'Why.' }) code?: string;
  @Instant({ optional: true, description: 'From then on.' }) since?: string;
  @Instant({ optional: true, description: 'Before then.' }) until?: string;
}

export class RefusalAnswer {
  @Id() id: string;
  @Instant({
    description: 'When it was refused, the first time.',
  })
  refusedAt: string;
  @Int({ description: 'How often within that second; without a token, within that hour.' }) times: number;
  @Text({ nullable: true, description: 'Null: signed out.' }) readerKey: string | null;
  @Text({ nullable: true }) storyKey: string | null;
  @OneOf(GATE_ACTIONS) action: string;
  @OneOf(REFUSAL_CODES) code: string;
  @Text({ description: 'What the reader was told.' }) message: string;
  @Text({ nullable: true, description: 'The key of the tier that was needed.' }) requiredTier: string | null;
  @Text({ description: 'Of the request, as in its answer and our log.' }) requestId: string;
  @Json(
    { type: 'object', additionalProperties: true },
    {
      description:
        'Everything that it followed from: the rules, overrides and the policy’s version, what the token claimed, ' +
        'the entitlements and endings that were known, what was looked up, standing and quota.',
    },
  )
  inputs: Record<string, unknown>;
}

export class RefusalPage {
  @ListOf(() => RefusalAnswer, { description: 'Newest first.' }) items: RefusalAnswer[];
  @Text({ nullable: true }) next: string | null;
}
