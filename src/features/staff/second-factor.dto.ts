import { Bool, Instant, Int, Nested, Text, TextList } from '../../platform/http/fields.js';

export class FactorApp {
  @Instant() since: string;
}

export class SecondFactorAnswer {
  @Nested(() => FactorApp, { nullable: true, description: 'An app for one-time codes; null: none.' })
  app: FactorApp | null;
  @Int({ min: 0, description: 'Recovery codes that were not used yet.' }) recoveryCodesLeft: number;
  @Bool({ description: 'A site of theirs asks for a second factor.' }) asked: boolean;
}

export class AppSecret {
  @Text({ description: 'Base32, to be typed into the app.' }) secret: string;
  @Text({ max: 2048, description: 'The same as an `otpauth:` address, to be shown as a QR code.' })
  uri: string;
}

export class AppCode {
  @Text({ max: 16, description: 'What the app shows now: six figures.' }) code: string;
}

export class FactorAdded {
  @TextList({
    nullable: true,
    description: 'Shown this once; null where the account has some already.',
  })
  recoveryCodes: string[] | null;
}

export class RecoveryCodes {
  @TextList({ description: 'Shown this once; those before no longer work.' }) recoveryCodes: string[];
}

export class TeamRules {
  @Bool({
    description:
      'Everybody in the team gives a second factor when signing in; who has none can do nothing here until it is set up.',
  })
  secondFactor: boolean;
}
