import type { OpenRuntime } from '../runtime.js';

/** What a command came to, where it can come to more than one thing. */
export interface CommandOutcome {
  readonly text: string;
  readonly exitCode: number;
}

/** One operators' command. */
export interface Command {
  readonly name: string;
  /** One line for `--help`. */
  readonly help: string;
  /** What `NAME --help` prints, where it is more than that line. */
  readonly usage?: string;
  /**
   * @param args what stands behind its name
   * @returns what is printed
   */
  run(opened: OpenRuntime, args: readonly string[]): Promise<string | CommandOutcome>;
}
