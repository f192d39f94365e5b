import '../sites/site.decorators.js';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedInReader } from './signed-in-reader.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `ReaderGuard`: the sender of the reader token, or null without a token. */
    reader?: SignedInReader | null;
  }
}

/** The calling reader: `SignedInReader`, or null if the route allows requests without a token. */
export const CurrentReader = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedInReader | null => {
    const { reader } = context.switchToHttp().getRequest<FastifyRequest>();
    if (reader === undefined) throw new Error('this route has no ReaderGuard; add @ReaderRoute()');
    return reader;
  },
);
