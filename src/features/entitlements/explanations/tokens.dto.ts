import { Bool, ListOf, Nested, Text } from '../../../platform/http/fields.js';
import { TierNameAnswer } from '../gate.dto.js';

export class TokenCheckRequest {
  @Text({ max: 100_000, description: 'As the reader’s page sends it, without "Bearer".' }) token: string;
}

class TokenReader {
  @Text({ description: 'The token’s `sub`.' }) key: string;
  @Text({ description: 'As others see it.' }) name: string;
  @Text({ nullable: true, description: 'Null: none that can be shown; it must begin with https.' })
  picture: string | null;
  @Text({ nullable: true }) email: string | null;
}

class TokenProblemAnswer {
  @Text({ description: 'What is wrong: `exp`, `aud`, `alg`, `signature`, `token` for the whole of it …' })
  claim: string;
  @Text({ description: 'For programs.', example: 'in-milliseconds' }) code: string;
  @Text({ description: 'The reason and the remedy.' }) message: string;
}

export class TokenCheckAnswer {
  @Bool({ description: 'Whether it signs its reader in. Some problems do not keep it from that.' })
  valid: boolean;

  @Nested(() => TokenReader, { optional: true, description: 'Left out where the token is not valid.' })
  reader?: TokenReader;

  @Nested(() => TierNameAnswer, {
    optional: true,
    nullable: true,
    description: 'The tier that counts now, by the token and by entitlements; null: none.',
  })
  tier?: TierNameAnswer | null;

  @ListOf(() => TokenProblemAnswer) problems: TokenProblemAnswer[];
}
