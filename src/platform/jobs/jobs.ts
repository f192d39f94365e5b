import { Injectable } from '@nestjs/common';

/** How a kind of job is run. Each kind has its own queue, so that slow jobs never delay others. */
export interface JobRules<P extends object> {
  /** Such as `score-revision`: lower case, digits and hyphens; also the name of the queue. */
  readonly name: string;
  /**
   * Validates the payload, which contains ids rather than copies of data. Throws for an invalid payload, and the job
   * then fails permanently.
   */
  parse(raw: unknown): P;
  /** Total number of attempts, including the first. */
  readonly attempts: number;
  /** Delay before the second attempt; doubles with each further one. */
  readonly backoffMs: number;
  /** An attempt that takes longer fails: its signal is aborted, and the job no longer waits for it. */
  readonly timeoutMs: number;
  /** How many jobs of this kind one process runs at once. */
  readonly concurrency: number;
}

export interface JobDefinition<P extends object> extends JobRules<P> {
  /**
   * Creates a job to be added.
   *
   * @param id derived from the subject (`score-<revisionId>`), without colons and not only digits; while a job with
   *   this id waits or runs, adding it again has no effect; a job with this id that failed permanently is replaced
   */
  create(id: string, payload: P, options?: { readonly delayMs?: number }): JobToAdd;
}

export interface JobToAdd {
  readonly job: JobDefinition<object>;
  readonly id: string;
  readonly payload: object;
  readonly delayMs?: number;
}

/** Thrown by handlers if further attempts would fail too: the job then fails without its remaining attempts. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';
}

export type JobHandler<P extends object> = (
  payload: P,
  signal: AbortSignal,
) => Promise<readonly JobToAdd[] | void>;
export type LastFailure<P extends object> = (payload: P, error: unknown) => Promise<void>;

const definitions = new Map<string, JobDefinition<object>>();

/** Defines a kind of job; each name may be defined once per process. */
export function defineJob<P extends object>(rules: JobRules<P>): JobDefinition<P> {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(rules.name)) throw new Error(`"${rules.name}" is not a valid job name`);
  if (definitions.has(rules.name)) throw new Error(`the job "${rules.name}" is defined twice`);
  const definition: JobDefinition<P> = {
    ...rules,
    create(id, payload, options) {
      if (!/^[^:\s]{1,200}$/.test(id) || /^\d+$/.test(id)) throw new Error(`"${id}" is not a valid job id`);
      return { job: definition, id, payload, ...options };
    },
  };
  definitions.set(rules.name, definition);
  return definition;
}

export interface RegisteredJob {
  readonly job: JobDefinition<object>;
  readonly handler: JobHandler<object>;
  readonly onLastFailure: LastFailure<object> | undefined;
}

/**
 * The handler of each kind of job. Features register handlers in `onModuleInit`, in every role; only workers call
 * them.
 */
@Injectable()
export class JobHandlers {
  private readonly handlers = new Map<string, RegisteredJob>();

  /**
   * @param handler may run more than once for a job, even concurrently if a running worker was considered dead. It
   *   commits its own changes and returns follow-up jobs, which are added before this job counts as done
   * @param onLastFailure records the failure visibly; called if no attempts are left, the error was permanent, or the
   *   job's workers died repeatedly, but not for an invalid payload. Retried until it succeeds, so it must tolerate
   *   repetition too
   */
  handle<P extends object>(
    job: JobDefinition<P>,
    handler: JobHandler<P>,
    onLastFailure?: LastFailure<P>,
  ): void {
    if (this.handlers.has(job.name)) throw new Error(`the job "${job.name}" already has a handler`);
    // `job.parse` checks payloads before either function receives them.
    this.handlers.set(job.name, { job, handler, onLastFailure } as unknown as RegisteredJob);
  }

  /** @throws Error naming every job without a handler, and every handled job that is not defined here */
  check(): readonly RegisteredJob[] {
    const unhandled = [...definitions.keys()].filter((name) => !this.handlers.has(name));
    if (unhandled.length > 0) throw new Error(`no handler for the jobs ${unhandled.join(', ')}`);
    return [...this.handlers.values()];
  }
}
