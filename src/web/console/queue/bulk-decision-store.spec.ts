import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { UnreachableError } from '../api.js';
import type { BulkDecision } from '../api-types.js';
import { BulkDecisionStore } from './bulk-decision-store.js';

const START = Date.parse('2026-01-01T12:00:00Z');

function aBulk(id: string): BulkDecision {
  const createdAt = new Date().toISOString();
  const dueAt = new Date(Date.now() + 30_000).toISOString();
  return { id, action: 'reject', total: 3, createdAt, dueAt } as BulkDecision;
}

/** A fake of the tab's session storage. */
function aKeep() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  };
}

function aDesk(
  keep = aKeep(),
  undoMany: (id: string) => Promise<BulkDecision> = (id) => Promise.resolve(aBulk(id)),
) {
  const undone: string[] = [];
  const told: string[] = [];
  const calls = {
    decideMany: () => Promise.reject(new Error('not asked here')),
    undoMany: (id: string) => (undone.push(id), undoMany(id)),
  };
  const desk = new BulkDecisionStore(calls, { notify: (_kind, text) => void told.push(text) }, keep, 'many');
  return { desk, undone, told, keep };
}

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

it('can undo both of two decisions made within half a minute, the newest first', async () => {
  const { desk, undone } = aDesk();
  desk.addPending(aBulk('one'));
  jest.setSystemTime(START + 10_000);
  desk.addPending(aBulk('two'));
  await desk.undo();
  expect(desk.read()).toMatchObject({ id: 'one' });
  await desk.undo();
  expect(undone).toEqual(['two', 'one']);
  expect(desk.read()).toBeNull();
});

it('does not undo an expired decision while a newer one can still be undone', async () => {
  const { desk, undone } = aDesk();
  desk.addPending(aBulk('one'));
  jest.setSystemTime(START + 20_000);
  desk.addPending(aBulk('two'));
  jest.setSystemTime(START + 31_000);
  await desk.undo();
  await desk.undo();
  expect(undone).toEqual(['two']);
});

it('can still undo an earlier decision after the page is reloaded', async () => {
  const { desk, keep } = aDesk();
  desk.addPending(aBulk('one'));
  jest.setSystemTime(START + 5_000);
  const again = aDesk(keep);
  expect(again.desk.read()).toMatchObject({ id: 'one', label: 'Rejected 3 comments' });
  await again.desk.undo();
  expect(again.undone).toEqual(['one']);
  expect(aDesk(keep).desk.read()).toBeNull();
});

it('can retry an undo that did not reach the server, until the time is up', async () => {
  let isAway = true;
  const { desk, undone, told } = aDesk(aKeep(), (id) =>
    isAway ? Promise.reject(new UnreachableError('down')) : Promise.resolve(aBulk(id)),
  );
  desk.addPending(aBulk('one'));
  await desk.undo();
  expect(desk.read()).toMatchObject({ id: 'one' });
  isAway = false;
  await desk.undo();
  expect(undone).toEqual(['one', 'one']);
  expect([told.length, desk.read()]).toEqual([2, null]);
});
