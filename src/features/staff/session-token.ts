import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes, base64url, for sessions and one-time links. Only the hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256, hex. Tokens are random 256-bit values, so a slow hash would not add security. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
