import { Bool, Instant, Int, Nested, Text, TextList } from '../../platform/http/fields.js';

export class FactorApp {
  @Instant() since: string;
}

export class SecondFactorAnswer {
  @Nested(() => FactorApp, {
    nullable: true,
    description: 'An app for one-time codes; null: none is set up.',
  })
  app: FactorApp | null;
  @Int({ min: 0, description: 'Number of unused recovery codes.' }) recoveryCodesLeft: number;
  @Bool({ description: "Whether one of the account's sites requires a second factor." }) isRequired: boolean;
}

export class AppSecret {
  @Text({ description: 'Secret in Base32, to be typed into the app.' }) secret: string;
  @Text({ max: 2048, description: 'The secret as an `otpauth:` URL, to be shown as a QR code.' })
  uri: string;
}

export class AppCode {
  @Text({ max: 16, description: 'The code that the app shows now: six digits.' }) code: string;
}

export class FactorAdded {
  @TextList({
    nullable: true,
    description: 'Recovery codes. Shown only this once; null if the account already has some.',
  })
  recoveryCodes: string[] | null;
}

export class RecoveryCodes {
  @TextList({ description: 'The new recovery codes. Shown only this once; all previous codes stop working.' })
  recoveryCodes: string[];
}

export class TeamRules {
  @Bool({
    description:
      'Whether everyone in the team must provide a second factor when signing in. Members without one cannot do anything on this site until they set it up.',
  })
  secondFactor: boolean;
}
