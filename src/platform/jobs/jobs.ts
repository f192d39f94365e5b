import { Injectable } from '@nestjs/common';

/** How a kind of job is run. Each kind has its own queue, so that slow jobs never delay others. */
export interface JobRules<P extends object> {
  /** Such as `score-revision`: lower case, digits and hyphens; also the name of the queue. */
  readonly name: string;
  /**
   * Validates the payload, which holds ids rather than copies. Throws on anything else, which fails the job
   * permanently.
   */
  parse(raw: unknown): P;
  /** Total number of attempts, including the first. */
  readonly attempts: number;
  /** Delay before the second attempt; doubles with each further one. */
  readonly backoffMs: number;
  /** An attempt that takes longer fails: its signal is aborted, and what it still does is not awaited. */
  readonly timeoutMs: number;
  /** How many jobs of this kind one process runs at once. */
  readonly concurrency: number;
}

export interface JobDefinition<P extends object> extends JobRules<P> {
  /**
   * Creates a job to be added.
   *
   * @param id derived from the subject (`score-<revisionId>`), without colons and not only digits; while a job with
   *   this id waits or runs, adding it again has no effect, and a permanently failed one is replaced by the new one
   */
  create(id: string, payload: P, options?: { readonly delayMs?: number }): JobToAdd;
}

export interface JobToAdd {
  readonly job: JobDefinition<object>;
  readonly id: string;
  readonly payload: object;
  readonly delayMs?: number;
}

/** The failure would repeat, so the job ends without its remaining attempts. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';
}

export type JobHandler<P extends object> = (
  payload: P,
  signal: AbortSignal,
) => Promise<readonly JobToAdd[] | void>;
export type LastFailure<P extends object> = (payload: P, error: unknown) => Promise<void>;

const defined = new Map<string, JobDefinition<object>>();

/** Defines a kind of job; each name may be defined once per process. */
export function defineJob<P extends object>(rules: JobRules<P>): JobDefinition<P> {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(rules.name)) throw new Error(`"${rules.name}" is not a valid job name`);
  if (defined.has(rules.name)) throw new Error(`the job "${rules.name}" is defined twice`);
  const definition: JobDefinition<P> = {
    ...rules,
    create(id, payload, options) {
      if (!/^[^:\s]{1,200}$/.test(id) || /^\d+$/.test(id)) throw new Error(`"${id}" is no id for a job`);
      return { job: definition, id, payload, ...options };
    },
  };
  defined.set(rules.name, definition);
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
   * @param handler may run more than once for a job, even concurrently if its worker was wrongly considered dead; it
   *   commits its own work and returns follow-up jobs, which are added before this job counts as done
   * @param onLastFailure records the failure visibly; called if no attempts are left, the error was permanent, or the
   *   job's workers died repeatedly. It is retried until it succeeds, so it must tolerate repetition too
   */
  handle<P extends object>(
    job: JobDefinition<P>,
    handler: JobHandler<P>,
    onLastFailure?: LastFailure<P>,
  ): void {
    if (this.handlers.has(job.name)) throw new Error(`the job "${job.name}" has two handlers`);
    // `job.parse` checks payloads before either function receives them.
    this.handlers.set(job.name, { job, handler, onLastFailure } as unknown as RegisteredJob);
  }

  /** @throws Error naming every job without a handler, and every handled job that is not defined here */
  check(): readonly RegisteredJob[] {
    const orphans = [...defined.keys()].filter((name) => !this.handlers.has(name));
    if (orphans.length > 0) throw new Error(`no handler for the jobs ${orphans.join(', ')}`);
    return [...this.handlers.values()];
  }
}
