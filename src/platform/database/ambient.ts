import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { isProduction } from '../config/is-production.js';

/** What the current async context holds of a database. */
export interface Held {
  /** The `Database` it belongs to: specs run several products in one process. */
  readonly owner: object;
  /** The transaction that calls join; null outside one. */
  readonly tx: object | null;
  /** The unit of work that transactions belong to; see `Database.inUnit`. */
  readonly unit: object | null;
}

const logger = new Logger('database');
const storage = new AsyncLocalStorage<Held>();
let users = 0;

export const held = (): Held | undefined => storage.getStore();

export const holding = <T>(what: Held, work: () => T): T => storage.run(what, work);

export const holdingNothing = <T>(work: () => T): T => storage.exit(work);

/** Counts a use of the storage; to be ended by `leave`. */
export function enter(): void {
  users++;
}

/**
 * While a storage is in use Node calls a hook for every promise, timer and request of the process. Without users it
 * is switched off, which makes reads from memory faster by a tenth.
 */
export function leave(): void {
  if (--users === 0) storage.disable();
}

/**
 * For whatever waits for another server: a connection of the pool must not be held meanwhile, because a few slow
 * calls would use up the pool. In production such a call goes ahead and is only logged.
 *
 * @param what is called, as the beginning of a sentence
 * @throws Error outside production, so that tests and developers notice
 */
export function demandNoTransaction(what: string): void {
  if (!held()?.tx) return;
  const error = new Error(
    `${what} was made inside a database transaction, which holds a connection meanwhile`,
  );
  if (!isProduction()) throw error;
  logger.error({ event: 'database.held-during-a-call', error });
}
