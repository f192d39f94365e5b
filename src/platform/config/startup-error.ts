/**
 * A start that cannot go on and that the operator can put right. The message is one line that names
 * the remedy; main prints it without a stack and exits with status 1.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
