import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export const SECRETS = Symbol('SECRETS');

/** Derives keys from SECRET_KEY, one for each purpose, and encrypts secrets at rest. */
export class Secrets {
  private readonly master: Buffer;
  private readonly encryptionKey: Buffer;

  constructor(secretKey: string) {
    this.master = Buffer.from(secretKey, 'utf8');
    this.encryptionKey = this.derive('at-rest');
  }

  /** Derives 32 bytes for one purpose (HKDF-SHA256, RFC 5869). */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.master, Buffer.alloc(0), `postbag/${purpose}`, 32));
  }

  /**
   * Encrypts with AES-256-GCM; `open` needs the same `context` (such as `sso:<siteId>`). Text format:
   * `v1.<base64url>`.
   */
  seal(plaintext: string, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
  }

  /** @throws if the text was sealed with another key or for another context */
  open(sealed: string, context: string): string {
    if (!sealed.startsWith('v1.')) throw new Error('not a sealed secret of a known version');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, bytes.subarray(0, 12))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
  }
}
