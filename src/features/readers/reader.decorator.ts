import '../sites/site.decorators.js';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedInReader } from './signed-in-reader.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `ReaderGuard`: who sent the reader token, null without one. */
    reader?: SignedInReader | null;
  }
}

/** The reader who asks: `SignedInReader`, or null where the route takes a missing token. */
export const CurrentReader = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedInReader | null => {
    const { reader } = context.switchToHttp().getRequest<FastifyRequest>();
    if (reader === undefined) throw new Error('this route has no reader guard');
    return reader;
  },
);
