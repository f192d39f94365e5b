import type { IncomingMessage } from 'node:http';

/** Whether a body follows a request's headers, as RFC 9112, section 6.3, tells it; not whether all of it arrives. */
export const hasBody = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
