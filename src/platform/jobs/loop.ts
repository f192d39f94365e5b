import { Logger } from '@nestjs/common';

/**
 * Runs a round of work when woken, and at least every `pollMs`, because a signal may get lost. Only one round runs at
 * a time. An error is logged, and the next round runs after the polling interval.
 */
export class Loop {
  private readonly logger: Logger;
  private woken = false;
  private stopping = false;
  private running: Promise<void> | null = null;
  private endSleep: () => void = () => undefined;

  /** @param round returns whether there may be more work to do immediately */
  constructor(
    private readonly name: string,
    private readonly pollMs: number,
    private readonly round: () => Promise<boolean>,
  ) {
    this.logger = new Logger(name);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Signals that there may be work. No effect before start or after stop. */
  wake(): void {
    this.woken = true;
    this.endSleep();
  }

  /** Resolves when the current round has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endSleep();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      let more = false;
      let failed = false;
      try {
        more = await this.round();
      } catch (error) {
        failed = true;
        if (!this.stopping) this.logger.warn({ event: `${this.name}.failed`, error });
      }
      // After an error, wait for the whole interval, so that frequent signals do not cause frequent failures.
      if (failed || !(more || this.woken)) await this.sleep(!failed);
    }
  }

  private sleep(mayBeWoken: boolean): Promise<void> {
    return new Promise((resolve) => {
      if (this.stopping) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        this.endSleep = () => undefined;
        resolve();
      };
      const timer = setTimeout(end, this.pollMs);
      this.endSleep = () => {
        if (mayBeWoken || this.stopping) end();
      };
    });
  }
}
