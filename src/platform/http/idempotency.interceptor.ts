import '../auth/request.js';
import { createHash, createHmac } from 'node:crypto';
import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultIfEmpty, from, lastValueFrom, type Observable } from 'rxjs';
import { callerOf, type Principal } from '../auth/principal.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { Database, type Outcome, type Tx } from '../database/database.js';
import { Limits } from '../limits/limits.js';
import {
  IDEMPOTENCY_TTL_MS,
  IdempotencyRecords,
  isKeyTaken,
  LEASE_RENEWAL_MS,
  type EarlierRequest,
  type IdempotencyLease,
  type StoredResponse,
  type KeyedRequest,
} from './idempotency-records.js';
import { STORES_OWN_RESPONSE } from './keyed-write.js';
import { conflict, invalid, Problem } from './problem.js';
import { problemOf } from './problem.filter.js';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Responses with these statuses are not stored, because a repeated request may get a different one. */
const NOT_STORED_STATUSES = new Set([401, 403, 409, 429]);
/**
 * Limit for one reader. Further refused requests are not stored and run again, so that nobody can fill the database.
 */
const MAX_STORED_REFUSALS_PER_DAY = 200;

/** OpenAPI extension: the operation ignores `Idempotency-Key`. */
export const IGNORES_KEY_EXTENSION = 'x-ignores-idempotency-key';
/** OpenAPI extension: members of the response that a repeated request does not get again. */
export const SHOWN_ONCE_EXTENSION = 'x-shown-once';

const IGNORES_KEY = Symbol('idempotency-key-ignored');
const SECRETS_SHOWN = Symbol('secrets-shown');

/**
 * The route runs every time, whatever `Idempotency-Key` it receives. For routes whose caller is unknown until the
 * handler runs, and for routes that issue credentials.
 */
export const IgnoresIdempotencyKey = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(IGNORES_KEY, true), ApiExtension(IGNORES_KEY_EXTENSION, true));

/** Only the first response has these members: they are secrets, and no copy is stored. */
export const ShowsSecrets = (...members: readonly string[]): MethodDecorator =>
  applyDecorators(SetMetadata(SECRETS_SHOWN, members), ApiExtension(SHOWN_ONCE_EXTENSION, members));

/**
 * Parses a structured-field string, in double quotes or bare; 1 to 255 visible ASCII characters.
 *
 * @returns null if there is no header
 * @throws Problem 400 for any other value
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = Array.isArray(header) ? header.join(',') : header.trim();
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text);
  const key = quoted ? quoted[1].replaceAll(/\\(.)/g, '$1') : text;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid([
      {
        pointer: '/headers/idempotency-key',
        code: 'bad-idempotency-key',
        message: 'Idempotency-Key must have 1 to 255 visible ASCII characters.',
      },
    ]);
  }
  return key;
}

/**
 * Applies `Idempotency-Key` to every write (ADR 0013). The guards have already run, so the caller is known and
 * authorised. On routes with `@StoresOwnResponse()` the handler stores the response with its effect. On others, the
 * interceptor reserves the key and runs the handler without an enclosing transaction; the response commits with the
 * handler's last transaction. A repeated request with the same body gets the first response, with a different body a
 * 422, and while the first request holds the key a 409. Stored responses are encrypted.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly addressKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly records: IdempotencyRecords,
    private readonly reflector: Reflector,
    private readonly limits: Limits,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.addressKey = secrets.derive('idempotency-address');
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { principal } = request;
    const header = request.headers['idempotency-key'];
    if (header === undefined || !WRITES.has(request.method)) return next.handle();
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(IGNORES_KEY, targets)) return next.handle();
    const key = readIdempotencyKey(header)!;
    if (!principal) return next.handle();
    const secrets = this.reflector.getAllAndOverride<readonly string[] | undefined>(SECRETS_SHOWN, targets);
    const keyed = this.keyedRequest(request, principal, key);
    const storageRules = { secrets: secrets ?? [], storesRefusal: () => this.storesRefusal(principal) };
    const reply = http.getResponse<FastifyReply>();
    return from(
      this.reflector.get<boolean | undefined>(STORES_OWN_RESPONSE, context.getHandler())
        ? this.runWithRecord(keyed, request, reply, storageRules, next)
        : this.runWithLease(keyed, reply, storageRules, next),
    );
  }

  /**
   * Refusals of anonymous callers are not stored: repeating such a request is harmless, because it changed nothing.
   */
  private async storesRefusal(principal: Principal): Promise<boolean> {
    if (principal.kind === 'anonymous') return false;
    if (principal.kind !== 'reader') return true;
    const key = `idempotency-refusals:${callerOf(principal)}`;
    return (await this.limits.hit(key, MAX_STORED_REFUSALS_PER_DAY, IDEMPOTENCY_TTL_MS)).allowed;
  }

  private keyedRequest(request: FastifyRequest, principal: Principal, key: string): KeyedRequest {
    return {
      // Keyed by IP address, so that an anonymous caller cannot read another one's response.
      caller:
        principal.kind === 'anonymous'
          ? `anonymous:${createHmac('sha256', this.addressKey).update(request.ip).digest('base64url')}`
          : callerOf(principal),
      authority: authorityOf(principal),
      siteId: request.siteContext?.siteId ?? null,
      method: request.method,
      path: request.url.split('?')[0],
      key,
      body: request.body,
    };
  }

  /**
   * Runs a handler that stores the response with its effect. Only if it fails are earlier requests looked for: the
   * failure may be that one of them used the key, or a consequence of its success.
   */
  private async runWithRecord(
    keyed: KeyedRequest,
    request: FastifyRequest,
    reply: FastifyReply,
    { storesRefusal }: StorageRules,
    next: CallHandler,
  ): Promise<unknown> {
    const keyedWrite = this.records.keyedWrite(keyed, reply.statusCode);
    request.keyedWrite = keyedWrite;
    let failure: unknown;
    try {
      const answer: unknown = await lastValueFrom(next.handle().pipe(defaultIfEmpty(undefined)));
      if (!keyedWrite.isStored) throw new Error('the handler has not stored its response');
      return answer;
    } catch (error) {
      failure = error;
    }
    const find = (): Promise<EarlierRequest | null> =>
      this.records.find(keyed).catch((error: unknown) => {
        // An earlier request may have succeeded. As long as that is unknown, a refusal would be misleading.
        throw problemOf(failure) ? error : failure;
      });
    const earlier = await find();
    if (earlier) return replay(earlier, reply);
    const refusal = storedResponseOf({ error: failure }, reply.statusCode, []);
    if (
      refusal &&
      (await storesRefusal()) &&
      !(await this.records.store(keyed, refusal.status, refusal.answer))
    ) {
      const faster = await find();
      if (faster) return replay(faster, reply);
    }
    throw isKeyTaken(failure) ? inProgress() : failure;
  }

  private async runWithLease(
    keyed: KeyedRequest,
    reply: FastifyReply,
    storageRules: StorageRules,
    next: CallHandler,
  ): Promise<unknown> {
    const reservation = await this.records.reserve(keyed);
    return reservation.state === 'acquired'
      ? this.run(reservation.lease, reply, storageRules, next)
      : replay(reservation, reply);
  }

  private async run(
    lease: IdempotencyLease,
    reply: FastifyReply,
    { secrets, storesRefusal }: StorageRules,
    next: CallHandler,
  ): Promise<unknown> {
    let storesResponse = true;
    // Renews the lease while the request runs. A failed renewal needs no handling, because the next one follows before
    // the lease expires.
    const renewal = setInterval(
      () => void lease.renew(this.database).catch(() => undefined),
      LEASE_RENEWAL_MS,
    );
    const record = {
      onInterim: (tx: Tx): void => lease.renewInTransaction(tx),
      onEnd: (tx: Tx, outcome: Outcome<unknown>): void => {
        const response = storesResponse ? storedResponseOf(outcome, reply.statusCode, secrets) : null;
        if (response) lease.storeResponse(tx, response.status, response.answer);
        else lease.release(tx);
      },
    };
    try {
      return await this.database.inUnit(record, async () => {
        try {
          const answer: unknown = await lastValueFrom(next.handle().pipe(defaultIfEmpty(undefined)));
          return answer;
        } catch (error) {
          storesResponse = await storesRefusal();
          throw error;
        }
      });
    } catch (error) {
      throw isKeyTaken(error) ? inProgress() : error;
    } finally {
      clearInterval(renewal);
    }
  }
}

interface StorageRules {
  /** Members of the response that are not stored. */
  readonly secrets: readonly string[];
  readonly storesRefusal: () => Promise<boolean>;
}

const inProgress = (): Problem =>
  new Problem(
    409,
    'idempotency-in-progress',
    'The first request with this Idempotency-Key is still being processed. Try again in a moment.',
    {},
    { 'retry-after': '1' },
  );

/** @returns null for an outcome that is not stored */
function storedResponseOf(
  outcome: Outcome<unknown>,
  status: number,
  secrets: readonly string[],
): { status: number; answer: StoredResponse } | null {
  if ('value' in outcome) return { status, answer: { value: omitMembers(outcome.value, secrets) } };
  const problem = problemOf(outcome.error);
  if (!problem || problem.status >= 500 || NOT_STORED_STATUSES.has(problem.status)) return null;
  const { code, detail, fields } = problem;
  return { status: problem.status, answer: { problem: { code, detail, fields: { ...fields } } } };
}

function omitMembers(value: unknown, members: readonly string[]): unknown {
  if (members.length === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name)));
}

/**
 * Answers a repeated request.
 *
 * @throws Problem if the earlier request was refused, has not ended or cannot be repeated
 */
function replay(earlier: EarlierRequest, reply: FastifyReply): unknown {
  switch (earlier.state) {
    case 'running':
      throw inProgress();
    case 'other-body':
      throw new Problem(
        422,
        'idempotency-mismatch',
        'This Idempotency-Key was already used with a different body. Use a new key.',
      );
    case 'other-authority':
      throw conflict(
        'idempotency-rights-changed',
        'Your permissions have changed since the first request with this Idempotency-Key. Check the result of that request and use a new key.',
      );
    case 'response-deleted':
      throw conflict(
        'idempotency-answer-gone',
        `The first request with this Idempotency-Key was answered with status ${earlier.status}, but that response is no longer stored. Check the result of that request.`,
      );
    case 'completed': {
      const { status, answer } = earlier;
      void reply.header('idempotency-replayed', 'true');
      if (answer.problem)
        throw new Problem(status, answer.problem.code, answer.problem.detail, answer.problem.fields);
      void reply.code(status);
      return answer.value;
    }
  }
}

/**
 * Digest of what a caller may do, so that a caller who has lost rights does not get a response that required them.
 */
function authorityOf(principal: Principal): string {
  return createHash('sha256')
    .update(JSON.stringify(rightsOf(principal)))
    .digest('base64url');
}

function rightsOf(principal: Principal): unknown {
  switch (principal.kind) {
    case 'key':
      return [principal.scopes, principal.sites];
    case 'moderator': {
      const { roleEverywhere, roles, sections, sitesNeedingSecondFactor } = principal;
      return [roleEverywhere, [...roles].sort(), [...sections].sort(), [...sitesNeedingSecondFactor].sort()];
    }
    default:
      return null;
  }
}
