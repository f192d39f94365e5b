import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/*
 * A virtual authenticator. It implements enough of CBOR (RFC 8949) and WebAuthn to produce valid and invalid responses.
 */

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
/** A CBOR byte string of 24 bytes or more. */
const bytes = (data: Buffer): Buffer =>
  data.length < 256
    ? Buffer.concat([Buffer.from([0x58, data.length]), data])
    : Buffer.concat([Buffer.from([0x59, data.length >> 8, data.length & 255]), data]);
/** A CBOR text string of less than 24 ASCII characters. */
const text = (ascii: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + ascii.length]), Buffer.from(ascii)]);

export interface Claims {
  origin?: string;
  rpId?: string;
  /** Whether the authenticator verified the user. */
  isVerified?: boolean;
  challenge?: string;
}

export interface VirtualPasskey {
  readonly id: string;
  /** Builds the response to registration options. */
  register(options: { challenge: string }, claims?: Claims): Record<string, unknown>;
  /** Builds the response to a challenge. */
  answer(options: { challenge: string }, claims?: Claims): Record<string, unknown>;
  /** The signature counter, which a cloned device would share. */
  readonly counter: { value: number };
}

/** @param origin of the page where the passkey is used */
export function createVirtualPasskey(origin: string): VirtualPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(32);
  const id = rawId.toString('base64url');
  const counter = { value: 0 };

  const authData = (
    { rpId = new URL(origin).hostname, isVerified = true }: Claims,
    more = Buffer.alloc(0),
  ): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter.value);
    // User present, user verified, attested credential data (section 6.1).
    const flags = 0x01 | (isVerified ? 0x04 : 0) | (more.length > 0 ? 0x40 : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, more]);
  };
  const clientData = (type: string, challenge: string, claims: Claims): Buffer =>
    Buffer.from(
      JSON.stringify({ type, challenge: claims.challenge ?? challenge, origin: claims.origin ?? origin }),
    );
  const common = { id, rawId: id, type: 'public-key', clientExtensionResults: {} };

  return {
    id,
    counter,
    register({ challenge }, claims = {}) {
      const credentialData = Buffer.concat([
        Buffer.alloc(16),
        Buffer.from([0, rawId.length]),
        rawId,
        coseOf(publicKey),
      ]);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData')],
        bytes(authData(claims, credentialData)),
      ]);
      return {
        ...common,
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, claims).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal', 'of-nobody'],
        },
      };
    },
    answer({ challenge }, claims = {}) {
      const client = clientData('webauthn.get', challenge, claims);
      const data = authData(claims);
      return {
        ...common,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', Buffer.concat([data, sha256(client)]), privateKey).toString('base64url'),
        },
      };
    },
  };
}

/** COSE_Key of an elliptic curve (RFC 9053, section 7.1.1): EC2, ES256, P-256. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ]);
}
