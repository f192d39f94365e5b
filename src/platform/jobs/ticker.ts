import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { withTimeout } from './with-timeout.js';
import { runsWorkers } from './worker-role.js';

/** The maximum delay of the first run after the start. */
const MAX_FIRST_DELAY_MS = 1_000;
/** How long shutdown waits for running work. */
const FINISH_MS = 6_000;

interface Task {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
}

/**
 * Runs periodic work, including everything that is due later than a job can be delayed. It runs in each worker process,
 * so work must tolerate concurrent runs: use `FOR UPDATE SKIP LOCKED`, or statements that find nothing the second time.
 */
@Injectable()
export class Ticker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ticker');
  private readonly tasks = new Map<string, Task>();
  private state: 'waiting' | 'running' | 'stopped' = 'waiting';

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>) {}

  /**
   * Registers work; call it in `onModuleInit`. The work runs within the first second after the start, then `ms` after
   * each run ended. An error is logged and does not stop it. Outside worker roles it never runs.
   */
  every(name: string, ms: number, work: () => Promise<void>): void {
    if (this.tasks.has(name)) throw new Error(`the periodic task "${name}" is registered twice`);
    const task: Task = { name, everyMs: ms, work };
    this.tasks.set(name, task);
    if (this.state === 'running') this.schedule(task, Math.min(ms, MAX_FIRST_DELAY_MS));
  }

  onApplicationBootstrap(): void {
    if (!runsWorkers(this.settings)) return;
    this.state = 'running';
    for (const task of this.tasks.values()) this.schedule(task, Math.min(task.everyMs, MAX_FIRST_DELAY_MS));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.state = 'stopped';
    const tasks = [...this.tasks.values()];
    for (const { timer } of tasks) clearTimeout(timer);
    const ends = Promise.all(tasks.flatMap(({ running }) => running ?? []));
    await withTimeout(FINISH_MS, 'periodic work is still running', ends).catch((error: unknown) =>
      this.logger.warn({ event: 'ticker.stop-timed-out', error }),
    );
  }

  private schedule(task: Task, ms: number): void {
    task.timer = setTimeout(() => {
      task.running = this.tick(task);
    }, ms);
  }

  private async tick(task: Task): Promise<void> {
    try {
      await task.work();
    } catch (error) {
      this.logger.error({ event: 'ticker.failed', task: task.name, error });
    }
    if (this.state === 'running') this.schedule(task, task.everyMs);
  }
}
