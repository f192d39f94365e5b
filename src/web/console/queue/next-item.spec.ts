import { expect, it } from '@jest/globals';
import type { QueueItem } from '../api-types.js';
import { NextItemPicker } from './next-item.js';

function anItem(id: string, claimedBy?: string): QueueItem {
  const threat = { value: id.startsWith('grave') ? 0.9 : 0.1, spans: [] };
  const claimants = claimedBy ? [{ id: claimedBy, name: claimedBy }] : [];
  return { comment: { id }, scores: { threat }, thresholds: {}, claimants } as unknown as QueueItem;
}

/**
 * Decides all comments from first to last.
 * @returns the order in which they were shown
 */
function workThrough(items: QueueItem[], severeInARow: number | null): string[] {
  const picker = new NextItemPicker();
  const seen: string[] = [];
  let left = items;
  let current: string | null = left[0]?.comment.id ?? null;
  while (current !== null) {
    seen.push(current);
    const next: string | null = picker.pickNext(current, left, {
      myId: 'me',
      severeInARow,
      isSettled: () => false,
    });
    left = left.filter(({ comment }) => comment.id !== current);
    current = next;
  }
  return seen;
}

const MIXED = ['grave 1', 'grave 2', 'grave 3', 'grave 4', 'grave 5', 'mild 1', 'mild 2', 'mild 3'].map(
  (id) => anItem(id),
);

it('selects comments in list order', () =>
  expect(workThrough(MIXED, null)).toEqual(MIXED.map(({ comment }) => comment.id)));

it('inserts a milder comment after a run of severe ones, and then continues in order', () =>
  expect(workThrough(MIXED, 2)).toEqual([
    'grave 1',
    'grave 2',
    'mild 1',
    'grave 3',
    'grave 4',
    'mild 2',
    'grave 5',
    'mild 3',
  ]));

it('continues with severe comments when there is no milder one', () =>
  expect(workThrough(MIXED.slice(0, 4), 2)).toEqual(['grave 1', 'grave 2', 'grave 3', 'grave 4']));

it('selects comments claimed by a colleague last', () =>
  expect(workThrough([anItem('mild 1'), anItem('mild 2', 'vera'), anItem('mild 3')], null)).toEqual([
    'mild 1',
    'mild 3',
    'mild 2',
  ]));
