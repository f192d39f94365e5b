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
function createStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, text: string) => void items.set(name, text),
  };
}

function createStore(
  storage = createStorage(),
  undoMany: (id: string) => Promise<BulkDecision> = (id) => Promise.resolve(aBulk(id)),
) {
  const undone: string[] = [];
  const notifications: string[] = [];
  const calls = {
    decideMany: () => Promise.reject(new Error('not called in this test')),
    undoMany: (id: string) => (undone.push(id), undoMany(id)),
  };
  const store = new BulkDecisionStore(
    calls,
    { notify: (_kind, text) => void notifications.push(text) },
    storage,
    'many',
  );
  return { store, undone, notifications, storage };
}

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

it('can undo both of two decisions made within half a minute, the newest first', async () => {
  const { store, undone } = createStore();
  store.addPending(aBulk('one'));
  jest.setSystemTime(START + 10_000);
  store.addPending(aBulk('two'));
  await store.undo();
  expect(store.read()).toMatchObject({ id: 'one' });
  await store.undo();
  expect(undone).toEqual(['two', 'one']);
  expect(store.read()).toBeNull();
});

it('does not undo an expired decision while a newer one can still be undone', async () => {
  const { store, undone } = createStore();
  store.addPending(aBulk('one'));
  jest.setSystemTime(START + 20_000);
  store.addPending(aBulk('two'));
  jest.setSystemTime(START + 31_000);
  await store.undo();
  await store.undo();
  expect(undone).toEqual(['two']);
});

it('can still undo an earlier decision after the page is reloaded', async () => {
  const { store, storage } = createStore();
  store.addPending(aBulk('one'));
  jest.setSystemTime(START + 5_000);
  const reloaded = createStore(storage);
  expect(reloaded.store.read()).toMatchObject({ id: 'one', label: 'Rejected 3 comments' });
  await reloaded.store.undo();
  expect(reloaded.undone).toEqual(['one']);
  expect(createStore(storage).store.read()).toBeNull();
});

it('can retry an undo that did not reach the server, until the time is up', async () => {
  let isDown = true;
  const { store, undone, notifications } = createStore(createStorage(), (id) =>
    isDown ? Promise.reject(new UnreachableError('down')) : Promise.resolve(aBulk(id)),
  );
  store.addPending(aBulk('one'));
  await store.undo();
  expect(store.read()).toMatchObject({ id: 'one' });
  isDown = false;
  await store.undo();
  expect(undone).toEqual(['one', 'one']);
  expect([notifications.length, store.read()]).toEqual([2, null]);
});
