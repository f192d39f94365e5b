import { Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError, WaitingError, type Job } from 'bullmq';
import { defineJob, PermanentJobError, type JobHandler, type LastFailure } from './jobs.js';
import { MAX_WORKER_DEATHS, runJob } from './run-job.js';

interface Payload {
  n: number;
}

const job = defineJob<Payload>({
  name: 'unit',
  parse: (raw) => {
    const { n } = raw as Payload;
    if (typeof n !== 'number') throw new Error('n must be a number');
    return { n };
  },
  attempts: 3,
  backoffMs: 10,
  timeoutMs: 50,
  concurrency: 1,
});

/** The parts of BullMQ's job that a run uses; `moves` records where the job was moved. */
function aJob(state: { data?: unknown; attemptsMade?: number; stalledCounter?: number } = {}) {
  const moves: string[] = [];
  const fake = {
    id: 'unit-1',
    data: { n: 1 },
    attemptsMade: 0,
    stalledCounter: 0,
    opts: { attempts: 3 },
    moveToWait: async (token: string) => moves.push(`wait ${token}`),
    moveToDelayed: async (_at: number, token: string) => moves.push(`delayed ${token}`),
    ...state,
  };
  return { job: fake as unknown as Job, moves };
}

function run(
  bullJob: Job,
  handler: JobHandler<Payload>,
  options: { onLastFailure?: LastFailure<Payload>; stopping?: AbortSignal } = {},
): Promise<void> {
  const { onLastFailure, stopping = new AbortController().signal } = options;
  return runJob({
    registered: { job, handler, onLastFailure } as unknown as Parameters<typeof runJob>[0]['registered'],
    job: bullJob,
    token: 'lock',
    stopping,
    addFollowUpJobs: async () => undefined,
  });
}

const failing = (error: Error): JobHandler<Payload> => {
  return async () => {
    throw error;
  };
};

beforeAll(() => Logger.overrideLogger(false));

describe('an attempt of a job', () => {
  it('adds follow-up jobs before it completes', async () => {
    const added: string[] = [];
    await runJob({
      registered: { job, handler: async () => [job.create('next', { n: 2 })], onLastFailure: undefined },
      job: aJob().job,
      token: 'lock',
      stopping: new AbortController().signal,
      addFollowUpJobs: async (jobs) => void added.push(...jobs.map(({ id }) => id)),
    });
    expect(added).toEqual(['next']);
  });

  it('rethrows errors while attempts are left', async () => {
    const lastErrors: unknown[] = [];
    const error = new Error('again');
    const onLastFailure = async (_: Payload, reason: unknown): Promise<void> => void lastErrors.push(reason);
    await expect(run(aJob({ attemptsMade: 1 }).job, failing(error), { onLastFailure })).rejects.toBe(error);
    expect(lastErrors).toEqual([]);
    await expect(run(aJob({ attemptsMade: 2 }).job, failing(error), { onLastFailure })).rejects.toThrow(
      UnrecoverableError,
    );
    expect(lastErrors).toEqual([error]);
  });

  it('fails for good on a permanent error, an invalid payload, or too many worker crashes', async () => {
    const lastErrors: string[] = [];
    const onLastFailure = async (_: Payload, reason: unknown): Promise<void> => {
      lastErrors.push((reason as Error).message);
    };
    const succeeding: JobHandler<Payload> = async () => undefined;
    await expect(run(aJob().job, failing(new PermanentJobError('gone')), { onLastFailure })).rejects.toThrow(
      UnrecoverableError,
    );
    await expect(run(aJob({ data: { n: 'x' } }).job, succeeding, { onLastFailure })).rejects.toThrow(
      UnrecoverableError,
    );
    await expect(
      run(aJob({ stalledCounter: MAX_WORKER_DEATHS }).job, succeeding, { onLastFailure }),
    ).resolves.toBeUndefined();
    await expect(
      run(aJob({ stalledCounter: MAX_WORKER_DEATHS + 1 }).job, succeeding, { onLastFailure }),
    ).rejects.toThrow(UnrecoverableError);
    expect(lastErrors).toEqual(['gone', 'the job’s workers died repeatedly']);
  });

  it('is delayed and repeated when the handler of the final failure fails', async () => {
    const { job: bullJob, moves } = aJob({ attemptsMade: 2 });
    const onLastFailure = async (): Promise<void> => {
      throw new Error('no database');
    };
    await expect(run(bullJob, failing(new Error('no')), { onLastFailure })).rejects.toThrow(DelayedError);
    expect(moves).toEqual(['delayed lock']);
  });

  it('does not fail for good while the database restarts', async () => {
    const { job: bullJob, moves } = aJob({ attemptsMade: 2 });
    const lastErrors: unknown[] = [];
    const startingUpError = Object.assign(new Error('the database system is starting up'), { code: '57P03' });
    const onLastFailure = async (_: Payload, reason: unknown): Promise<void> => void lastErrors.push(reason);
    await expect(run(bullJob, failing(startingUpError), { onLastFailure })).rejects.toThrow(DelayedError);
    expect({ moves, lastErrors }).toEqual({ moves: ['delayed lock'], lastErrors: [] });
  });

  it('returns to the queue without using an attempt when the process shuts down', async () => {
    const stopping = new AbortController();
    const { job: bullJob, moves } = aJob({ attemptsMade: 2 });
    let reason = '';
    const running = run(
      bullJob,
      (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (reason = (signal.reason as Error).message));
        }),
      { stopping: stopping.signal },
    );
    stopping.abort();
    await expect(running).rejects.toThrow(WaitingError);
    expect(moves).toEqual(['wait lock']);
    expect(reason).toBe('the process is shutting down');
  });

  it('fails when it exceeds its timeout', async () => {
    await expect(run(aJob().job, () => new Promise(() => undefined))).rejects.toThrow(
      'took longer than 50 ms',
    );
  });
});
