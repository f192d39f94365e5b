/**
 * A startup failure that the operator can fix. The message includes the remedy. main.ts prints it without a stack trace
 * and exits with status 1.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
