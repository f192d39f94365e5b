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
  @Bool({ description: 'Whether passkeys can be used here: only over https, or on localhost.' })
  possible: boolean;
  @ListOf(() => PasskeyAnswer, { description: 'Oldest first.' }) items: PasskeyAnswer[];
}

export class PasskeyOptions {
  @Answer(
    { type: 'object', additionalProperties: true },
    { description: 'Options for `navigator.credentials`, in the JSON form of WebAuthn Level 3.' },
  )
  options: object;
}

export class NewPasskey {
  @Text({ ...NAME, description: 'A name to distinguish it from other passkeys.' }) name: string;
  @Json(WEBAUTHN, {
    description: 'The credential that the browser created, in the JSON form of WebAuthn Level 3.',
  })
  response: object;
}

export class PasskeyName {
  @Text(NAME) name: string;
}

export class PasskeyAdded {
  @Nested(() => PasskeyAnswer) passkey: PasskeyAnswer;
  @TextList({
    nullable: true,
    description: 'Recovery codes. Shown only this once; null if the account already has some.',
  })
  recoveryCodes: string[] | null;
}

export class SignInMethods {
  @Bool({ description: 'Whether passkeys can be used here.' }) passkeys: boolean;
  @Text({
    nullable: true,
    description:
      'The display name of single sign-on, which starts at `/api/v1/console/oidc`. Null: not configured.',
  })
  newsroom: string | null;
}
