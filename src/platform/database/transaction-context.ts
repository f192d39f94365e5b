import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { isProduction } from '../config/is-production.js';

/** What the current async context holds of a database. */
export interface TransactionContext {
  /** The `Database` it belongs to: specs run several products in one process. */
  readonly owner: object;
  /** The transaction that calls join; null outside one. */
  readonly tx: object | null;
  /** The unit of work that transactions belong to; see `Database.inUnit`. */
  readonly unit: object | null;
}

const logger = new Logger('database');
const storage = new AsyncLocalStorage<TransactionContext>();
let users = 0;

export const currentContext = (): TransactionContext | undefined => storage.getStore();

export const runInContext = <T>(what: TransactionContext, work: () => T): T => storage.run(what, work);

export const runOutsideContext = <T>(work: () => T): T => storage.exit(work);

/** Counts a use of the storage; to be ended by `leave`. */
export function retainStorage(): void {
  users++;
}

/**
 * While a storage is in use Node calls a hook for every promise, timer and request of the process. Without users it
 * is switched off, which makes reads from memory faster by a tenth.
 */
export function releaseStorage(): void {
  if (--users === 0) storage.disable();
}

/**
 * For whatever waits for another server: a connection of the pool must not be held meanwhile, because a few slow
 * calls would use up the pool. In production such a call goes ahead and is only logged.
 *
 * @param what is called, as the beginning of a sentence
 * @throws Error outside production, so that tests and developers notice
 */
export function assertNoTransaction(what: string): void {
  if (!currentContext()?.tx) return;
  const error = new Error(
    `${what} was made inside a database transaction, which holds a connection meanwhile`,
  );
  if (!isProduction()) throw error;
  logger.error({ event: 'database.held-during-a-call', error });
}
