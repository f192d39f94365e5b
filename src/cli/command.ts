import type { OpenRuntime } from '../runtime.js';

/** One operators' command. */
export interface Command {
  readonly name: string;
  /** One line for `--help`. */
  readonly help: string;
  /** @returns what is printed */
  run(opened: OpenRuntime): Promise<string>;
}
