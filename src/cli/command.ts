import type { OpenRuntime } from '../runtime.js';

/** The result of a command that can have more than one outcome. */
export interface CommandOutcome {
  readonly text: string;
  readonly exitCode: number;
}

/** An operator command. */
export interface Command {
  readonly name: string;
  /** One line for `--help`. */
  readonly help: string;
  /** The text of `NAME --help`, if it is more than the `help` line. */
  readonly usage?: string;
  /**
   * @param args the arguments after the command's name
   * @returns the text to print
   */
  run(opened: OpenRuntime, args: readonly string[]): Promise<string | CommandOutcome>;
}
