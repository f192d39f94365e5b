import { Logger } from '@nestjs/common';

/**
 * Work that is done when something says there may be some, and at the latest every `pollMs`: a signal may get lost,
 * the clock does not. One round at a time; a fault is logged and the next round comes by the clock.
 */
export class Loop {
  private readonly logger: Logger;
  private woken = false;
  private stopping = false;
  private running: Promise<void> | null = null;
  private endSleep: () => void = () => undefined;

  /** @param round says whether there may be more to do at once */
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

  /** Between start and stop: there may be work. Else nothing. */
  wake(): void {
    this.woken = true;
    this.endSleep();
  }

  /** Resolves when the round under way has ended. */
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
      // After a fault a flood of signals must not make a flood of rounds.
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
