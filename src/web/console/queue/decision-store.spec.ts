import { QueryClient } from '@tanstack/react-query';
import { ProblemError, UnreachableError } from '../api.js';
import type { CommentDetail, DecisionResult, QueueItem } from '../api-types.js';
import type { DecisionOption } from './decision-options.js';
import { DecisionStore } from './decision-store.js';
import { itemsOf, queueKey } from './queue-cache.js';

const APPROVE: DecisionOption = { action: 'approve', label: 'Approve', undoText: 'Approved' };
const KEY = queueKey('site', 'held', 'risk');

function anItem(id: string): QueueItem {
  return {
    comment: { id, revision: 1, status: 'held', body: id } as QueueItem['comment'],
    author: { name: `author of ${id}` } as QueueItem['author'],
    hidden: [] as QueueItem['hidden'],
    lastDecision: null,
  } as QueueItem;
}

/** Longer than the delays between retries, shorter than the time a notice stays visible. */
const LONG_MS = 5_000;

type Decide = (id: string) => Promise<{ results: DecisionResult[] }>;

/** A store with three held comments. The test supplies the server's responses. */
function createStore(responses: {
  decide: Decide;
  comment?: () => Promise<CommentDetail>;
  undo?: () => Promise<never>;
}) {
  const queries = new QueryClient();
  const pendingWaits: (() => void)[] = [];
  /** Lets the notices time out. */
  const expireNotices = () => pendingWaits.splice(0).forEach((done) => done());
  const page = { items: [anItem('a'), anItem('b'), anItem('c')], next: null };
  queries.setQueryData(KEY, { pages: [page], pageParams: [null] });
  const sent: string[] = [];
  const store = new DecisionStore(
    {
      decide: (decisions, key) => {
        sent.push(key);
        return responses.decide(decisions[0]?.commentId ?? '');
      },
      undo: responses.undo ?? ((id) => Promise.resolve({ commentId: id, status: 'held', decisionId: 'u' })),
      comment:
        responses.comment ?? (() => Promise.reject(new ProblemError(404, 'not-found', { status: 404 }))),
    },
    queries,
    (ms) => {
      if (ms < LONG_MS) return new Promise((done) => setImmediate(done));
      return new Promise((done) => pendingWaits.push(done));
    },
  );
  const onScreen = () => itemsOf(queries.getQueryData(KEY)).map(({ comment }) => comment.id);
  return { store, onScreen, sent, expireNotices };
}

const acceptAll: Decide = (id) =>
  Promise.resolve({ results: [{ commentId: id, status: 'published', decisionId: `d-${id}` }] });
const refused =
  (status: number): Decide =>
  (id) =>
    Promise.resolve({ results: [{ commentId: id, error: { status, code: 'already-decided' } }] });

async function waitUntil(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((done) => setImmediate(done));
  expect(condition()).toBe(true);
}

describe('DecisionStore', () => {
  it('removes the comment from the list before the server responds', () => {
    const { store, onScreen } = createStore({ decide: () => new Promise(() => {}) });
    store.decide(KEY, anItem('b'), APPROVE);
    expect(onScreen()).toEqual(['a', 'c']);
  });

  it('puts an undone comment back in its place and selects it', async () => {
    const { store, onScreen } = createStore({ decide: acceptAll });
    const returned: string[] = [];
    store.onReturned = (id) => returned.push(id);
    store.decide(KEY, anItem('b'), APPROVE);
    await store.undo();
    expect(onScreen()).toEqual(['a', 'b', 'c']);
    expect(returned).toEqual(['b']);
    expect(store.read().entries).toEqual([]);
    expect(store.read().tally.approved).toBe(0);
  });

  it('shows a quiet notice of who decided first, and keeps the comment out of the list', async () => {
    const current = {
      ...anItem('b'),
      comment: { ...anItem('b').comment, status: 'rejected' },
      lastDecision: { by: 'moderator', moderator: { id: 'm', name: 'Ines' } },
    } as CommentDetail;
    const { store, onScreen } = createStore({
      decide: refused(409),
      comment: () => Promise.resolve(current),
    });
    store.decide(KEY, anItem('b'), APPROVE);
    await waitUntil(() => store.read().notices.length === 1);
    expect(store.read().notices[0]).toMatchObject({
      kind: 'news',
      text: 'Already rejected by Ines: author of b’s comment.',
    });
    expect(onScreen()).toEqual(['a', 'c']);
    expect(store.read().entries).toEqual([]);
  });

  it('brings back a comment that its author edited meanwhile, with the new text', async () => {
    const edited = { ...anItem('b'), comment: { ...anItem('b').comment, revision: 2 } } as CommentDetail;
    const { store, onScreen } = createStore({
      decide: refused(409),
      comment: () => Promise.resolve(edited),
    });
    store.decide(KEY, anItem('b'), APPROVE);
    await waitUntil(() => onScreen().length === 3);
    expect(onScreen()).toEqual(['a', 'b', 'c']);
  });

  it('retries with the same key when no response arrives, and decides once', async () => {
    let calls = 0;
    const { store, sent, onScreen } = createStore({
      decide: (id) => (++calls < 3 ? Promise.reject(new UnreachableError('down')) : acceptAll(id)),
    });
    store.decide(KEY, anItem('a'), APPROVE);
    await waitUntil(() => store.read().entries[0]?.state === 'saved');
    expect(new Set(sent).size).toBe(1);
    expect(onScreen()).toEqual(['b', 'c']);
  });

  it('puts a comment back when the server stays unreachable, and can retry on request', async () => {
    let isDown = true;
    const { store, onScreen } = createStore({
      decide: (id) => (isDown ? Promise.reject(new UnreachableError('down')) : acceptAll(id)),
    });
    store.decide(KEY, anItem('c'), APPROVE);
    await waitUntil(() => store.read().notices.length === 1);
    expect(onScreen()).toEqual(['a', 'b', 'c']);
    expect(store.read().notices[0]?.kind).toBe('failed');

    isDown = false;
    store.read().notices[0]?.retry?.();
    await waitUntil(() => store.read().entries[0]?.state === 'saved');
    expect(onScreen()).toEqual(['a', 'b']);
    expect(store.read().notices).toEqual([]);
  });

  it('names the comment that was not saved, and clears the message once it is decided again', async () => {
    let isDown = true;
    const { store } = createStore({
      decide: (id) => (isDown ? Promise.reject(new UnreachableError('down')) : acceptAll(id)),
    });
    const longItem = {
      ...anItem('c'),
      comment: { ...anItem('c').comment, body: `Well,\n${'long '.repeat(40)}` },
    };
    store.decide(KEY, longItem, APPROVE);
    await waitUntil(() => store.read().notices.length === 1);
    expect(store.read().notices[0]?.text).toBe(
      'Not saved for author of c’s comment “Well, long long long long long long long…”: ' +
        'the server cannot be reached. It is back in its place.',
    );
    isDown = false;
    store.decide(KEY, longItem, APPROVE);
    expect(store.read().notices).toEqual([]);
  });

  it('shows the failure for a while, and offers no retry of a refused decision', async () => {
    const { store, expireNotices } = createStore({ decide: refused(403) });
    store.decide(KEY, anItem('a'), APPROVE);
    await waitUntil(() => store.read().notices.length === 1);
    expect(store.read().notices[0]?.retry).toBeUndefined();
    expireNotices();
    await waitUntil(() => store.read().notices.length === 0);
  });

  it('removes the comment again when the undo came too late', async () => {
    const { store, onScreen } = createStore({
      decide: acceptAll,
      undo: () => Promise.reject(new ProblemError(409, 'too-late', { status: 409, detail: 'Too late.' })),
    });
    store.decide(KEY, anItem('a'), APPROVE);
    await store.undo();
    expect(onScreen()).toEqual(['b', 'c']);
    expect(store.read().notices[0]?.text).toContain('Too late.');
  });
});
