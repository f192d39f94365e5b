import type { IncomingMessage } from 'node:http';

/** Whether the request's headers announce a body (RFC 9112, section 6.3). The body may still arrive incomplete. */
export const hasBody = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
