import {
  Answer,
  Bool,
  Id,
  Instant,
  ListOf,
  Nested,
  Json,
  Text,
  TextList,
} from '../../platform/http/fields.js';
import { WEBAUTHN } from './staff-session.dto.js';

const NAME = { max: 80, pattern: /\S/, patternMessage: 'name must not be blank' };

export class PasskeyAnswer {
  @Id() id: string;
  @Text() name: string;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) usedAt: string | null;
}

export class PasskeysAnswer {
  @Bool({ description: 'Whether browsers take passkeys here: by https, or on localhost.' })
  possible: boolean;
  @ListOf(() => PasskeyAnswer, { description: 'Oldest first.' }) items: PasskeyAnswer[];
}

export class PasskeyOptions {
  @Answer(
    { type: 'object', additionalProperties: true },
    { description: 'As `navigator.credentials` takes it, in the JSON form of WebAuthn Level 3.' },
  )
  options: object;
}

export class NewPasskey {
  @Text({ ...NAME, description: 'To tell it from others.' }) name: string;
  @Json(WEBAUTHN, { description: 'What the browser made, in the JSON form of WebAuthn Level 3.' })
  response: object;
}

export class PasskeyName {
  @Text(NAME) name: string;
}

export class PasskeyAdded {
  @Nested(() => PasskeyAnswer) passkey: PasskeyAnswer;
  @TextList({ nullable: true, description: 'Shown this once; null where the account has some already.' })
  recoveryCodes: string[] | null;
}

export class SignInMethods {
  @Bool({ description: 'Passkeys can be used here.' }) passkeys: boolean;
  @Text({
    nullable: true,
    description:
      'What the newsroom’s own sign-in is called; it begins at `/api/v1/console/oidc`. Null: there is none.',
  })
  newsroom: string | null;
}
