import type { IncomingMessage } from 'node:http';

/** Whether a body follows a request's headers, according to RFC 9112, section 6.3; it may still arrive incomplete. */
export const hasBody = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
