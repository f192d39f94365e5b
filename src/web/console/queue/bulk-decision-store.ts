import { ProblemError, UnreachableError, type api } from '../api.js';
import type { BulkDecision, BulkRequest } from '../api-types.js';
import type { DecisionStore } from './decision-store.js';

/** A bulk decision that can still be undone because it has not taken effect. Times are milliseconds since the epoch. */
export interface BulkEntry {
  id: string;
  /** For example "Rejected 214 comments". */
  label: string;
  at: number;
  until: number;
}

type Calls = Pick<typeof api, 'decideMany' | 'undoMany'>;

const ACTION_LABELS: Readonly<Record<string, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  remove: 'Removed',
  restore: 'Restored',
  escalate: 'Escalated',
};
// The undo bar disappears shortly before the server's deadline, so that an undo is never offered too late.
const MARGIN_MS = 1_000;

/** For example "1 comment" or "1,204 comments". */
export const commentCount = (n: number): string =>
  `${n.toLocaleString()} ${n === 1 ? 'comment' : 'comments'}`;

/** Where pending entries survive a reload: per tab, and without any comment text. */
type BulkStorage = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Bulk decisions that can still be undone; `undo` starts with the newest. The server delays each one until its undo
 * period ends.
 */
export class BulkDecisionStore {
  /** Newest last. */
  private entries: readonly BulkEntry[];
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly calls: Calls,
    private readonly decisions: Pick<DecisionStore, 'notify'>,
    private readonly storage: BulkStorage,
    private readonly storageKey: string,
  ) {
    this.entries = undoableOf(readEntries(storage, storageKey));
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  /** The newest entry; null if none can be undone any more. */
  readonly read = () => this.entries.at(-1) ?? null;

  /** @throws the server's error */
  async decide(request: BulkRequest, idempotencyKey: string): Promise<BulkDecision> {
    const bulk = await this.calls.decideMany(request, idempotencyKey);
    this.addPending(bulk);
    return bulk;
  }

  /** Adds a bulk decision that the server has accepted, so that it can be undone. */
  addPending(bulk: BulkDecision): void {
    const now = Date.now();
    const entry: BulkEntry = {
      id: bulk.id,
      label: `${ACTION_LABELS[bulk.action] ?? 'Decided'} ${commentCount(bulk.total)}`,
      at: now,
      // The period is computed from the server's timestamps, so a wrong local clock does not matter.
      until: now + (Date.parse(bulk.dueAt) - Date.parse(bulk.createdAt)) - MARGIN_MS,
    };
    this.set([...undoableOf(this.entries).filter(({ id }) => id !== bulk.id), entry]);
  }

  async undo(): Promise<void> {
    const entry = undoableOf(this.entries).at(-1);
    if (!entry) return;
    this.set(undoableOf(this.entries).filter(({ id }) => id !== entry.id));
    try {
      await this.calls.undoMany(entry.id);
      this.decisions.notify('news', 'Taken back: the comments are where they were. Nobody heard of it.');
    } catch (error) {
      // The server applies the decision at its own time. If the undo could not be sent, it can be retried until then.
      if (error instanceof UnreachableError && entry.until > Date.now())
        this.set([...this.entries, entry].sort((a, b) => a.at - b.at));
      const reason =
        error instanceof ProblemError || error instanceof UnreachableError ? error.message : String(error);
      this.decisions.notify('failed', `Not undone: ${reason}`);
    }
  }

  expire(): void {
    const undoable = undoableOf(this.entries);
    if (undoable.length !== this.entries.length) this.set(undoable);
  }

  private set(entries: readonly BulkEntry[]): void {
    this.entries = entries;
    this.storage.setItem(this.storageKey, JSON.stringify(entries));
    this.listeners.forEach((listener) => listener());
  }
}

const undoableOf = (entries: readonly BulkEntry[]): BulkEntry[] =>
  entries.filter(({ until }) => until > Date.now());

/** Anything that is not a valid stored list is treated as empty. */
function readEntries(storage: BulkStorage, name: string): BulkEntry[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(name) ?? '[]');
    return Array.isArray(stored) ? (stored as BulkEntry[]) : [];
  } catch {
    return [];
  }
}
