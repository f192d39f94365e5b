import { ProblemError, UnreachableError, type api } from '../api.js';
import type { BulkDecision, BulkRequest } from '../api-types.js';
import type { DecisionStore } from './decision-store.js';

/** A decision about many that nobody has heard of yet. */
export interface BulkEntry {
  id: string;
  /** "Rejected 214 comments". */
  label: string;
  /** Milliseconds since the epoch. */
  at: number;
  until: number;
}

type Calls = Pick<typeof api, 'decideMany' | 'undoMany'>;

const DONE: Readonly<Record<string, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  remove: 'Removed',
  restore: 'Restored',
  escalate: 'Escalated',
};
// The bar is honest by ending a moment before the server does.
const MARGIN_MS = 1_000;

/** "1 comment", "1,204 comments". */
export const commentCount = (n: number): string =>
  `${n.toLocaleString()} ${n === 1 ? 'comment' : 'comments'}`;

/** Where they are kept while the page is loaded anew; of this tab, and without a word of the comments. */
type BulkStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Decisions about many that can still be taken back, the newest first; the server waits with each as long. */
export class BulkDecisionStore {
  /** Newest last. */
  private entries: readonly BulkEntry[];
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly calls: Calls,
    private readonly decisions: Pick<DecisionStore, 'notify'>,
    private readonly keep: BulkStorage,
    private readonly name: string,
  ) {
    this.entries = openOf(readEntries(keep, name));
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  /** The newest; null: none can be taken back any more. */
  readonly read = () => this.entries.at(-1) ?? null;

  /** @throws what the server says */
  async decide(request: BulkRequest, idempotencyKey: string): Promise<BulkDecision> {
    const bulk = await this.calls.decideMany(request, idempotencyKey);
    this.addPending(bulk);
    return bulk;
  }

  /** One that was made elsewhere: from now on it can be taken back here. */
  addPending(bulk: BulkDecision): void {
    const now = Date.now();
    const entry: BulkEntry = {
      id: bulk.id,
      label: `${DONE[bulk.action] ?? 'Decided'} ${commentCount(bulk.total)}`,
      at: now,
      // By the server's own clock from making to due, so that a wrong clock here does not matter.
      until: now + (Date.parse(bulk.dueAt) - Date.parse(bulk.createdAt)) - MARGIN_MS,
    };
    this.set([...openOf(this.entries).filter(({ id }) => id !== bulk.id), entry]);
  }

  async undo(): Promise<void> {
    const entry = openOf(this.entries).at(-1);
    if (!entry) return;
    this.set(openOf(this.entries).filter(({ id }) => id !== entry.id));
    try {
      await this.calls.undoMany(entry.id);
      this.decisions.notify('news', 'Taken back: the comments are where they were. Nobody heard of it.');
    } catch (error) {
      // It is due at the server at its own time: what could not be sent may be tried again until then.
      if (error instanceof UnreachableError && entry.until > Date.now())
        this.set([...this.entries, entry].sort((one, other) => one.at - other.at));
      const why =
        error instanceof ProblemError || error instanceof UnreachableError ? error.message : String(error);
      this.decisions.notify('failed', `Not undone: ${why}`);
    }
  }

  expire(): void {
    const open = openOf(this.entries);
    if (open.length !== this.entries.length) this.set(open);
  }

  private set(entries: readonly BulkEntry[]): void {
    this.entries = entries;
    this.keep.setItem(this.name, JSON.stringify(entries));
    this.listeners.forEach((listener) => listener());
  }
}

const openOf = (entries: readonly BulkEntry[]): BulkEntry[] =>
  entries.filter(({ until }) => until > Date.now());

/** Whatever else stands there is nothing. */
function readEntries(keep: BulkStorage, name: string): BulkEntry[] {
  try {
    const kept: unknown = JSON.parse(keep.getItem(name) ?? '[]');
    return Array.isArray(kept) ? (kept as BulkEntry[]) : [];
  } catch {
    return [];
  }
}
