import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `IdempotencyInterceptor` on routes with `@StoresOwnResponse()`. */
    keyedWrite?: KeyedWrite;
  }
}

/**
 * A request with an `Idempotency-Key` whose handler stores the response itself, with its effect: it passes `recordOf`
 * the response to the database function idempotency_store. If another request with the key has been faster, that
 * function fails with PB001, which must undo the effect and reach the interceptor.
 */
export class KeyedWrite {
  isStored = false;

  constructor(private readonly toRecord: (answer: unknown) => string) {}

  /** @param answer the body of the successful response */
  recordOf(answer: unknown): string {
    this.isStored = true;
    return this.toRecord(answer);
  }
}

export const STORES_OWN_RESPONSE = Symbol('stores-own-response');

/** The handler takes `@CurrentKeyedWrite()` and stores the response in the transaction of its effect (ADR 0013). */
export const StoresOwnResponse = (): CustomDecorator<symbol> => SetMetadata(STORES_OWN_RESPONSE, true);

/** The `KeyedWrite` of a request with an `Idempotency-Key`; null without one. */
export const CurrentKeyedWrite = createParamDecorator(
  (_: unknown, context: ExecutionContext): KeyedWrite | null =>
    context.switchToHttp().getRequest<FastifyRequest>().keyedWrite ?? null,
);
