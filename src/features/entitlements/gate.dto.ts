import { ApiExtraModels } from '@nestjs/swagger';
import { Bool, Int, Nested, OneOf, Text, Url } from '../../platform/http/fields.js';
import { REFUSAL_CODES, type RefusalCode } from './gate.js';

export class TierNameAnswer {
  @Text() key: string;
  @Text() name: string;
}

/** `{allowed: true}`, or why not. */
export class GateActionAnswer {
  @Bool() allowed: boolean;
  @OneOf(REFUSAL_CODES, { optional: true }) code?: RefusalCode;
  @Text({ optional: true, description: 'For the reader.' }) message?: string;
  @Nested(() => TierNameAnswer, { optional: true }) requiredTier?: TierNameAnswer;
  @Url({ optional: true, description: 'Where to sign in, subscribe or renew.' }) url?: string;
  @Int({ optional: true, description: 'Seconds until it is worth trying again.' }) retryAfter?: number;
}

/** The wire shape of `Gate`, for OpenAPI. */
export class GateAnswer {
  @Nested(() => GateActionAnswer) read: GateActionAnswer;
  @Nested(() => GateActionAnswer) comment: GateActionAnswer;
  @Nested(() => GateActionAnswer) reply: GateActionAnswer;
  @Nested(() => GateActionAnswer) react: GateActionAnswer;
  @Nested(() => GateActionAnswer) flag: GateActionAnswer;
}

export class MeReader {
  @Text() id: string;
  @Text({ description: 'As others see it.' }) name: string;
  @Url({ nullable: true }) picture: string | null;
  @OneOf(['reader', 'staff', 'author']) role: string;
}

@ApiExtraModels(MeReader, TierNameAnswer)
export class MeAnswer {
  @Nested(() => MeReader, { nullable: true }) reader: MeReader | null;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @Nested(() => GateAnswer) gate: GateAnswer;
}
