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
  private severeRun = 0;
  /** The comment shown out of order, and the one where the list continues after it. */
  private detour: { milderItem: string; next: string } | null = null;

  /** @returns the id of the next comment, or null if there is none */
  pickNext(currentId: string | null, items: readonly QueueItem[], context: PickerContext): string | null {
    const index = items.findIndex(({ comment }) => comment.id === currentId);
    const current = items[index];
    this.severeRun = current && isSevere(current) ? this.severeRun + 1 : 0;
    const [before, after] = [items.slice(0, Math.max(0, index)), items.slice(index + 1)];
    const isOpen = (item: QueueItem) => item !== current && !context.isSettled(item.comment.id);
    // Comments that a colleague has claimed, or that this moderator may not decide, come last.
    const isFree = (item: QueueItem) => isOpen(item) && !item.barred && !claimantOf(item, context.myId);
    const isMild = (item: QueueItem) => isFree(item) && !isSevere(item);
    const resumeId = this.detour?.milderItem === currentId ? this.detour.next : null;
    const nextInOrder =
      items.find((item) => item.comment.id === resumeId && isFree(item)) ??
      after.find(isFree) ??
      before.findLast(isFree) ??
      after.find(isOpen) ??
      before.findLast(isOpen);
    this.detour = null;
    const needsRelief = context.severeInARow !== null && this.severeRun >= context.severeInARow;
    const milderItem = needsRelief ? (after.find(isMild) ?? before.findLast(isMild)) : undefined;
    if (milderItem && nextInOrder && milderItem !== nextInOrder)
      this.detour = { milderItem: milderItem.comment.id, next: nextInOrder.comment.id };
    return (milderItem ?? nextInOrder)?.comment.id ?? null;
  }
}
