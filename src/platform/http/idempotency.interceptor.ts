import { createHash } from 'node:crypto';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultIfEmpty, from, lastValueFrom, type Observable } from 'rxjs';
import { callerOf, ANONYMOUS, type Principal } from '../auth/principal.js';
import { Clock } from '../clock.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { Database, type Tx } from '../database/database.js';
import { conflict, invalid, Problem } from './problem.js';
import { problemOf } from './problem.filter.js';

/** How long the first answer is kept (contract, section 2). */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Answers that may differ the next time, so they are not kept. */
const FLEETING = new Set([401, 403, 409, 429]);

interface Identity {
  readonly caller: string;
  readonly route: string;
  readonly key: string;
  readonly fingerprint: string;
}

interface KeptRow {
  fingerprint: string;
  status: number | null;
  answer_sealed: string | null;
}

interface KeptAnswer {
  value?: unknown;
  problem?: { code: string; detail: string; fields: Record<string, unknown> };
}

/** Structured-field string in double quotes, or bare; 1 to 255 visible ASCII characters. */
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
        message: 'Idempotency-Key takes 1 to 255 visible ASCII characters.',
      },
    ]);
  }
  return key;
}

/** Thrown inside the transaction to undo the effect while the problem itself is kept. */
class RefusedInside extends Error {
  constructor(override readonly cause: unknown) {
    super('refused');
  }
}

/**
 * `Idempotency-Key` for every write: the record and the effect commit in one transaction, which the
 * handler's own work joins. The same key and body answers the first result; another body is 422; while the
 * first is still under way, 409. Answers are sealed at rest, since some show a secret once.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { principal?: Principal }>();
    const header = request.headers['idempotency-key'];
    if (header === undefined || !WRITES.has(request.method)) return next.handle();
    return from(this.once(request, http.getResponse<FastifyReply>(), readIdempotencyKey(header)!, next));
  }

  private async once(
    request: FastifyRequest & { principal?: Principal },
    reply: FastifyReply,
    key: string,
    next: CallHandler,
  ): Promise<unknown> {
    const identity: Identity = {
      caller: callerOf(request.principal ?? ANONYMOUS),
      // The address, not its pattern: one key on two comments is two writes.
      route: `${request.method} ${request.url.split('?')[0]}`,
      key,
      fingerprint: createHash('sha256')
        .update(JSON.stringify(request.body ?? null))
        .digest('base64url'),
    };
    try {
      return await this.database.inSystem(async (tx) => {
        const kept = await this.begin(tx, identity);
        if (kept) return this.replay(identity, kept, reply);
        try {
          const value: unknown = await lastValueFrom(next.handle().pipe(defaultIfEmpty(undefined)));
          await this.keep(tx, identity, reply.statusCode, { value });
          return value;
        } catch (error) {
          throw new RefusedInside(error);
        }
      });
    } catch (error) {
      if (!(error instanceof RefusedInside)) throw error;
      const problem = problemOf(error.cause);
      if (problem && !FLEETING.has(problem.status)) await this.keepProblem(identity, problem);
      throw error.cause;
    }
  }

  /** @returns the kept answer, or null when this call is the first; the row is then this transaction's */
  private async begin(tx: Tx, identity: Identity): Promise<KeptRow | null> {
    const { caller, route, key, fingerprint } = identity;
    const [lock] = await tx.query<{ free: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7341)) AS free`,
      [`${caller}\n${route}\n${key}`],
    );
    if (!lock?.free) {
      throw conflict(
        'idempotency-in-progress',
        'The first request with this Idempotency-Key is still under way.',
      );
    }
    const now = this.clock.now();
    const [row] = await tx.query<KeptRow>(
      `SELECT fingerprint, status, answer_sealed FROM idempotency_record
       WHERE caller = $1 AND route = $2 AND key = $3 AND created_at > $4`,
      [caller, route, key, new Date(now.getTime() - IDEMPOTENCY_TTL_MS)],
    );
    if (row) return row;
    await tx.query(
      `INSERT INTO idempotency_record (caller, route, key, fingerprint, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (caller, route, key) DO UPDATE
         SET fingerprint = excluded.fingerprint, created_at = excluded.created_at, status = NULL, answer_sealed = NULL`,
      [caller, route, key, fingerprint, now],
    );
    return null;
  }

  private replay(identity: Identity, kept: KeptRow, reply: FastifyReply): unknown {
    if (kept.fingerprint !== identity.fingerprint) {
      throw new Problem(422, 'idempotency-mismatch', 'This Idempotency-Key was used with another body.');
    }
    void reply.header('idempotency-replayed', 'true');
    const answer = JSON.parse(this.secrets.open(kept.answer_sealed!, contextOf(identity))) as KeptAnswer;
    if (answer.problem) {
      throw new Problem(kept.status!, answer.problem.code, answer.problem.detail, answer.problem.fields);
    }
    void reply.code(kept.status!);
    return answer.value;
  }

  private async keep(tx: Tx, identity: Identity, status: number, answer: KeptAnswer): Promise<void> {
    const { caller, route, key } = identity;
    await tx.query(
      `UPDATE idempotency_record SET status = $4, answer_sealed = $5 WHERE caller = $1 AND route = $2 AND key = $3`,
      [caller, route, key, status, this.secrets.seal(JSON.stringify(answer), contextOf(identity))],
    );
  }

  private keepProblem(identity: Identity, problem: Problem): Promise<void> {
    return this.database.inSystem(async (tx) => {
      if (await this.begin(tx, identity)) return;
      const { code, detail, fields } = problem;
      await this.keep(tx, identity, problem.status, { problem: { code, detail, fields: { ...fields } } });
    });
  }
}

const contextOf = (identity: Identity): string =>
  `idempotency:${identity.caller}:${identity.route}:${identity.key}`;
