import { Bool, ListOf, Nested, Text } from '../../../platform/http/fields.js';
import { TierNameAnswer } from '../gate.dto.js';

export class TokenCheckRequest {
  @Text({ max: 100_000, description: 'The token as the reader’s page sends it, without "Bearer".' })
  token: string;
}

class TokenReader {
  @Text({ description: 'The token’s `sub`.' }) key: string;
  @Text({ description: 'The name that other readers see.' }) name: string;
  @Text({
    nullable: true,
    description: 'URL of the picture, which must use https; null if there is none that can be shown.',
  })
  picture: string | null;
  @Text({ nullable: true }) email: string | null;
}

class TokenProblemAnswer {
  @Text({
    description:
      'The part with the problem: `exp`, `aud`, `alg`, `signature`, or `token` for the token as a whole, for example.',
  })
  claim: string;
  @Text({ description: 'Machine-readable code.', example: 'in-milliseconds' }) code: string;
  @Text({ description: 'The cause and how to fix it.' }) message: string;
}

export class TokenCheckAnswer {
  @Bool({ description: 'Whether the token signs the reader in. Some problems do not prevent that.' })
  valid: boolean;

  @Nested(() => TokenReader, { optional: true, description: 'Absent if the token is not valid.' })
  reader?: TokenReader;

  @Nested(() => TierNameAnswer, {
    optional: true,
    nullable: true,
    description: 'The effective tier, from the token and the entitlements; null if none.',
  })
  tier?: TierNameAnswer | null;

  @ListOf(() => TokenProblemAnswer) problems: TokenProblemAnswer[];
}
