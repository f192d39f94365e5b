import { Injectable } from '@nestjs/common';

/** How one kind of job is run; each kind has a queue of its own, so that slow ones never delay the others. */
export interface JobRules<P extends object> {
  /** `score-revision`: lower case, digits and hyphens; also the queue's name. */
  readonly name: string;
  /** The payload's schema: ids, not copies. Throws on anything else, which fails the job for good. */
  parse(raw: unknown): P;
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Wait before the second try; doubles with each further one. */
  readonly backoffMs: number;
  /** One try that takes longer has failed; its signal is aborted and what it still does is not waited for. */
  readonly timeoutMs: number;
  /** Jobs of this kind that one process runs at once. */
  readonly concurrency: number;
}

export interface JobDefinition<P extends object> extends JobRules<P> {
  /**
   * One job to add.
   *
   * @param id made from the subject (`score-<revisionId>`), without colons and not all digits; while a job with
   *   this id waits or runs, adding it again changes nothing, and one that failed for good gives way to the new one
   */
  create(id: string, payload: P, options?: { readonly delayMs?: number }): JobToAdd;
}

export interface JobToAdd {
  readonly job: JobDefinition<object>;
  readonly id: string;
  readonly payload: object;
  readonly delayMs?: number;
}

/** What failed will fail again: the job ends here, without its remaining attempts. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';
}

export type JobHandler<P extends object> = (
  payload: P,
  signal: AbortSignal,
) => Promise<readonly JobToAdd[] | void>;
export type LastFailure<P extends object> = (payload: P, error: unknown) => Promise<void>;

const defined = new Map<string, JobDefinition<object>>();

/** Declares a kind of job, once per name in a process. */
export function defineJob<P extends object>(rules: JobRules<P>): JobDefinition<P> {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(rules.name)) throw new Error(`"${rules.name}" is no name for a job`);
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

/** Who does which kind of job. Features register in `onModuleInit`, in every role; only workers call them. */
@Injectable()
export class JobHandlers {
  private readonly handlers = new Map<string, RegisteredJob>();

  /**
   * @param handler may run more than once for one job, also at the same time when a worker was taken for dead; it
   *   commits what it does, and returns the jobs that follow, which are added before this one counts as done
   * @param onLastFailure leaves a state someone can see; called when no attempt is left, the error was permanent, or
   *   the job's workers died again and again. It is tried until it succeeds, so it too must bear repetition
   */
  handle<P extends object>(
    job: JobDefinition<P>,
    handler: JobHandler<P>,
    onLastFailure?: LastFailure<P>,
  ): void {
    if (this.handlers.has(job.name)) throw new Error(`the job "${job.name}" has two handlers`);
    // Payloads pass `job.parse` before they reach either function.
    this.handlers.set(job.name, { job, handler, onLastFailure } as unknown as RegisteredJob);
  }

  /** @throws Error naming every job that nobody handles, and every handled one that is not defined here */
  check(): readonly RegisteredJob[] {
    const orphans = [...defined.keys()].filter((name) => !this.handlers.has(name));
    if (orphans.length > 0) throw new Error(`no handler for the jobs ${orphans.join(', ')}`);
    return [...this.handlers.values()];
  }
}
