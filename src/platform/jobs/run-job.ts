import { Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError, WaitingError, type Job } from 'bullmq';
import { isDatabaseUnavailable } from '../database/database-unavailable.js';
import { PermanentJobError, type JobToAdd, type RegisteredJob } from './jobs.js';

/** If more workers than this die while running a job, the job itself is assumed to be the cause. */
export const MAX_WORKER_DEATHS = 3;
const RETRY_LAST_FAILURE_MS = 2_000;

const logger = new Logger('jobs');

export interface RunJobOptions {
  readonly registered: RegisteredJob;
  readonly job: Job;
  /** The lock's token, which BullMQ passes to the processor. */
  readonly token: string;
  /** Aborted when the process cannot wait any longer: the job returns to its queue. */
  readonly stopping: AbortSignal;
  addFollowUpJobs(jobs: readonly JobToAdd[]): Promise<void>;
}

/**
 * Runs one attempt of a job.
 *
 * @throws to tell BullMQ the result: any error for another attempt, UnrecoverableError for an invalid payload or a final
 *   failure (after `onLastFailure` has succeeded), DelayedError or WaitingError if the job is already back in its queue
 */
export async function runJob(options: RunJobOptions): Promise<void> {
  const { registered, job, token } = options;
  const ids = { job: registered.job.name, id: job.id, attempt: job.attemptsMade + 1 };
  let payload: object;
  try {
    payload = registered.job.parse(job.data);
  } catch (error) {
    logger.error({ event: 'job.bad-payload', ...ids, error });
    throw new UnrecoverableError(`bad payload: ${messageOf(error)}`);
  }
  try {
    if (job.stalledCounter > MAX_WORKER_DEATHS)
      throw new PermanentJobError('the job’s workers died repeatedly');
    const followUpJobs = await runWithinTimeout(options, payload);
    if (followUpJobs && followUpJobs.length > 0) await options.addFollowUpJobs(followUpJobs);
  } catch (error) {
    if (options.stopping.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (!isLastAttempt(error, job, registered)) {
      logger.warn({ event: 'job.failed', ...ids, error });
      throw error;
    }
    if (isDatabaseUnavailable(error)) {
      logger.warn({ event: 'job.waits-for-database', ...ids, error });
      // Otherwise a database restart would make jobs on their last attempt fail permanently.
      await job.moveToDelayed(Date.now() + RETRY_LAST_FAILURE_MS, token);
      throw new DelayedError();
    }
    logger.error({ event: 'job.failed-permanently', ...ids, error });
    try {
      await registered.onLastFailure?.(payload, error);
    } catch (handlerError) {
      logger.error({ event: 'job.failure-handler-failed', ...ids, error: handlerError });
      await job.moveToDelayed(Date.now() + RETRY_LAST_FAILURE_MS, token);
      throw new DelayedError();
    }
    throw new UnrecoverableError(messageOf(error));
  }
}

function isLastAttempt(error: unknown, job: Job, { job: { attempts } }: RegisteredJob): boolean {
  return error instanceof PermanentJobError || job.attemptsMade + 1 >= (job.opts.attempts ?? attempts);
}

/** Runs the handler until it ends, its time limit expires or the process stops, whichever comes first. */
async function runWithinTimeout(
  { registered: { job, handler }, stopping }: RunJobOptions,
  payload: object,
): Promise<readonly JobToAdd[] | void> {
  const controller = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), {
      once: true,
    });
  });
  const timer = setTimeout(
    () => controller.abort(new Error(`took longer than ${job.timeoutMs} ms`)),
    job.timeoutMs,
  );
  const stop = (): void => controller.abort(new Error('the process is shutting down'));
  if (stopping.aborted) stop();
  else stopping.addEventListener('abort', stop, { once: true });
  const work = handler(payload, controller.signal);
  // If the race ends early, nobody handles a later rejection of this promise.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
