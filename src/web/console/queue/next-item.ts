import type { QueueItem } from '../api-types.js';
import { claimantOf } from './decision-options.js';
import { isSevere } from './severity.js';

interface PickerContext {
  myId: string;
  /** After this many severe comments a milder one is shown, if there is one; null: keep the list's order. */
  severeInARow: number | null;
  isSettled(commentId: string): boolean;
}

/** Chooses the comment to show after the current one. */
export class NextItemPicker {
  /** The number of severe comments in a row, including the current one. */
  private graveRun = 0;
  /** The comment shown out of order, and the one where the list continues after it. */
  private left: { relief: string; next: string } | null = null;

  /** @returns the id of the next comment, or null if there is none */
  pickNext(currentId: string | null, items: readonly QueueItem[], desk: PickerContext): string | null {
    const at = items.findIndex(({ comment }) => comment.id === currentId);
    const current = items[at];
    this.graveRun = current && isSevere(current) ? this.graveRun + 1 : 0;
    const [before, after] = [items.slice(0, Math.max(0, at)), items.slice(at + 1)];
    const open = (item: QueueItem) => item !== current && !desk.isSettled(item.comment.id);
    // Comments that a colleague has claimed or must decide are skipped unless nothing else is left.
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
