import { ApiExtraModels } from '@nestjs/swagger';
import { Answer, Int, Nested, OneOf, Text, Url } from '../../platform/http/fields.js';
import { READER_ROLES } from '../readers/signed-in-reader.js';
import { REFUSAL_CODES, type RefusalCode } from './gate.js';

export class TierNameAnswer {
  @Text() key: string;
  @Text() name: string;
}

export class Permitted {
  @Answer({ type: 'boolean', const: true }) allowed: true;
}

export class Refused {
  @Answer({ type: 'boolean', const: false }) allowed: false;
  @OneOf(REFUSAL_CODES) code: RefusalCode;
  @Text({ description: 'Message to show to the reader.' }) message: string;
  @Nested(() => TierNameAnswer, { optional: true }) requiredTier?: TierNameAnswer;
  @Url({ optional: true, description: 'URL where the reader can sign in, subscribe or renew.' }) url?: string;
  @Int({ optional: true, description: 'Seconds after which a retry may succeed.' }) retryAfter?: number;
}

const GateActionField = (): PropertyDecorator =>
  Answer({ oneOf: [Permitted, Refused].map(({ name }) => ({ $ref: `#/components/schemas/${name}` })) });

/** API shape of `Gate`, for OpenAPI. */
@ApiExtraModels(Permitted, Refused)
export class GateAnswer {
  @GateActionField() read: Permitted | Refused;
  @GateActionField() comment: Permitted | Refused;
  @GateActionField() reply: Permitted | Refused;
  @GateActionField() react: Permitted | Refused;
  @GateActionField() flag: Permitted | Refused;
}

export class MeReader {
  @Text() id: string;
  @Text({ description: 'The name that other readers see.' }) name: string;
  @Url({ nullable: true }) picture: string | null;
  @OneOf(READER_ROLES) role: string;
}

export class MeAnswer {
  @Nested(() => MeReader, { nullable: true }) reader: MeReader | null;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @Nested(() => GateAnswer) gate: GateAnswer;
}
