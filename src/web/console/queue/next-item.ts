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
    const at = items.findIndex(({ comment }) => comment.id === currentId);
    const current = items[at];
    this.severeRun = current && isSevere(current) ? this.severeRun + 1 : 0;
    const [before, after] = [items.slice(0, Math.max(0, at)), items.slice(at + 1)];
    const open = (item: QueueItem) => item !== current && !context.isSettled(item.comment.id);
    // Comments that a colleague has claimed or must decide are skipped unless nothing else is left.
    const free = (item: QueueItem) => open(item) && !item.barred && !claimantOf(item, context.myId);
    const mild = (item: QueueItem) => free(item) && !isSevere(item);
    const nextAfterBreak = this.detour?.milderItem === currentId ? this.detour.next : null;
    const nextInOrder =
      items.find((item) => item.comment.id === nextAfterBreak && free(item)) ??
      after.find(free) ??
      before.findLast(free) ??
      after.find(open) ??
      before.findLast(open);
    this.detour = null;
    const needsRelief = context.severeInARow !== null && this.severeRun >= context.severeInARow;
    const milderItem = needsRelief ? (after.find(mild) ?? before.findLast(mild)) : undefined;
    if (milderItem && nextInOrder && milderItem !== nextInOrder)
      this.detour = { milderItem: milderItem.comment.id, next: nextInOrder.comment.id };
    return (milderItem ?? nextInOrder)?.comment.id ?? null;
  }
}
