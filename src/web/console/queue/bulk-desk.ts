import { ProblemError, UnreachableError, type api } from '../api.js';
import type { BulkDecision, BulkRequest } from '../wire.js';
import type { DecisionDesk } from './decision-desk.js';

/** A decision about many that nobody has heard of yet. */
export interface BulkEntry {
  id: string;
  /** "Rejected 214 comments". */
  words: string;
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
export const comments = (n: number): string => `${n.toLocaleString()} ${n === 1 ? 'comment' : 'comments'}`;

/** The decision about many that can still be taken back; the server waits with it as long. */
export class BulkDesk {
  private entry: BulkEntry | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly calls: Calls,
    private readonly decisions: Pick<DecisionDesk, 'tell'>,
  ) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = () => this.entry;

  /** @throws what the server says */
  async decide(request: BulkRequest, idempotencyKey: string): Promise<BulkDecision> {
    const bulk = await this.calls.decideMany(request, idempotencyKey);
    this.track(bulk);
    return bulk;
  }

  /** One that was made elsewhere: from now on it can be taken back here. */
  track(bulk: BulkDecision): void {
    const now = Date.now();
    this.set({
      id: bulk.id,
      words: `${DONE[bulk.action] ?? 'Decided'} ${comments(bulk.total)}`,
      at: now,
      // By the server's own clock from making to due, so that a wrong clock here does not matter.
      until: now + (Date.parse(bulk.dueAt) - Date.parse(bulk.createdAt)) - MARGIN_MS,
    });
  }

  async undo(): Promise<void> {
    const { entry } = this;
    if (!entry || entry.until <= Date.now()) return;
    this.set(null);
    try {
      await this.calls.undoMany(entry.id);
      this.decisions.tell('news', 'Taken back: the comments are where they were. Nobody heard of it.');
    } catch (error) {
      const why =
        error instanceof ProblemError || error instanceof UnreachableError ? error.message : String(error);
      this.decisions.tell('failed', `Not undone: ${why}`);
    }
  }

  expire(): void {
    if (this.entry && this.entry.until <= Date.now()) this.set(null);
  }

  private set(entry: BulkEntry | null): void {
    this.entry = entry;
    this.listeners.forEach((listener) => listener());
  }
}
