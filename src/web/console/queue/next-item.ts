import type { QueueItem } from '../api-types.js';
import { claimantOf } from './decision-options.js';
import { isSevere } from './severity.js';

interface PickerContext {
  myId: string;
  /** After so many grave ones a milder one comes, where there is one; null: as they come. */
  severeInARow: number | null;
  isSettled(commentId: string): boolean;
}

/** Which comment comes into the hand when the one that is there leaves it. */
export class NextItemPicker {
  /** Grave ones in a row, up to the one in hand. */
  private graveRun = 0;
  /** Which one came out of its turn, and where the list goes on after it. */
  private left: { relief: string; next: string } | null = null;

  /** @returns the next one's id; null: there is none */
  pickNext(currentId: string | null, items: readonly QueueItem[], desk: PickerContext): string | null {
    const at = items.findIndex(({ comment }) => comment.id === currentId);
    const current = items[at];
    this.graveRun = current && isSevere(current) ? this.graveRun + 1 : 0;
    const [before, after] = [items.slice(0, Math.max(0, at)), items.slice(at + 1)];
    const open = (item: QueueItem) => item !== current && !desk.isSettled(item.comment.id);
    // What a colleague has in hand, or must decide, is passed over, unless nothing else is left.
    const free = (item: QueueItem) => open(item) && !item.barred && !claimantOf(item, desk.myId);
    const mild = (item: QueueItem) => free(item) && !isSevere(item);
    const resumed = this.left?.relief === currentId ? this.left.next : null;
    const inTurn =
      items.find((item) => item.comment.id === resumed && free(item)) ??
      after.find(free) ??
      before.findLast(free) ??
      after.find(open) ??
      before.findLast(open);
    this.left = null;
    const isEnough = desk.severeInARow !== null && this.graveRun >= desk.severeInARow;
    const relief = isEnough ? (after.find(mild) ?? before.findLast(mild)) : undefined;
    if (relief && inTurn && relief !== inTurn)
      this.left = { relief: relief.comment.id, next: inTurn.comment.id };
    return (relief ?? inTurn)?.comment.id ?? null;
  }
}
