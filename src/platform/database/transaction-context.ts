import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { isProduction } from '../config/is-production.js';

/** The database state of the current async context. */
export interface TransactionContext {
  /** The `Database` that the context belongs to: specs run several applications in one process. */
  readonly owner: object;
  /** The transaction that calls join; null outside a transaction. */
  readonly tx: object | null;
  /** The unit of work that new transactions belong to; see `Database.inUnit`. */
  readonly unit: object | null;
}

const logger = new Logger('database');
const storage = new AsyncLocalStorage<TransactionContext>();
let userCount = 0;

export const currentContext = (): TransactionContext | undefined => storage.getStore();

export const runInContext = <T>(context: TransactionContext, work: () => T): T => storage.run(context, work);

export const runOutsideContext = <T>(work: () => T): T => storage.exit(work);

/** Counts one more use of the storage; call `releaseStorage` to end it. */
export function retainStorage(): void {
  userCount++;
}

/**
 * Ends one use of the storage. The storage is disabled when it has no users left, because Node otherwise calls a hook
 * for every promise, timer and request of the process. Requests that are served from memory take 10 % less time without
 * it.
 */
export function releaseStorage(): void {
  if (--userCount === 0) storage.disable();
}

/**
 * Checks before a call to another server that no transaction is open. The transaction would hold a pool connection
 * during the call, so a few slow calls could exhaust the pool. In production the mistake is only logged.
 *
 * @param what the operation, as the beginning of a sentence
 * @throws Error outside production, so that tests and developers notice the mistake
 */
export function assertNoTransaction(what: string): void {
  if (!currentContext()?.tx) return;
  const error = new Error(
    `${what} was made inside a database transaction, which keeps a connection busy during the call`,
  );
  if (!isProduction()) throw error;
  logger.error({ event: 'database.call-inside-transaction', error });
}
