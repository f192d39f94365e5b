import type { FastifyRequest } from 'fastify';

/** Whether a body follows a request's headers, as RFC 9112, section 6.3, tells it; not whether all of it arrives. */
export const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
