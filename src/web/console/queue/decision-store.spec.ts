import { QueryClient } from '@tanstack/react-query';
import { ProblemError, UnreachableError } from '../api.js';
import type { CommentDetail, DecisionResult, QueueItem } from '../api-types.js';
import type { DecisionOption } from './decision-options.js';
import { DecisionStore } from './decision-store.js';
import { itemsOf, queueKey } from './queue-cache.js';

const APPROVE: DecisionOption = { action: 'approve', label: 'Approve', done: 'Approved' };
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
function aDesk(answers: {
  decide: Decide;
  comment?: () => Promise<CommentDetail>;
  undo?: () => Promise<never>;
}) {
  const queries = new QueryClient();
  const patience: (() => void)[] = [];
  /** Lets the notices time out. */
  const later = () => patience.splice(0).forEach((done) => done());
  const page = { items: [anItem('a'), anItem('b'), anItem('c')], next: null };
  queries.setQueryData(KEY, { pages: [page], pageParams: [null] });
  const sent: string[] = [];
  const desk = new DecisionStore(
    {
      decide: (decisions, key) => {
        sent.push(key);
        return answers.decide(decisions[0]?.commentId ?? '');
      },
      undo: answers.undo ?? ((id) => Promise.resolve({ commentId: id, status: 'held', decisionId: 'u' })),
      comment: answers.comment ?? (() => Promise.reject(new ProblemError(404, 'not-found', { status: 404 }))),
    },
    queries,
    (ms) => {
      if (ms < LONG_MS) return new Promise((done) => setImmediate(done));
      return new Promise((done) => patience.push(done));
    },
  );
  const onScreen = () => itemsOf(queries.getQueryData(KEY)).map(({ comment }) => comment.id);
  return { desk, onScreen, sent, later };
}

const taken: Decide = (id) =>
  Promise.resolve({ results: [{ commentId: id, status: 'published', decisionId: `d-${id}` }] });
const refused =
  (status: number): Decide =>
  (id) =>
    Promise.resolve({ results: [{ commentId: id, error: { status, code: 'already-decided' } }] });

async function until(claim: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !claim(); i++) await new Promise((done) => setImmediate(done));
  expect(claim()).toBe(true);
}

describe('DecisionStore', () => {
  it('removes the comment from the list before the server responds', () => {
    const { desk, onScreen } = aDesk({ decide: () => new Promise(() => {}) });
    desk.decide(KEY, anItem('b'), APPROVE);
    expect(onScreen()).toEqual(['a', 'c']);
  });

  it('puts an undone comment back in its place and selects it', async () => {
    const { desk, onScreen } = aDesk({ decide: taken });
    const returned: string[] = [];
    desk.onReturned = (id) => returned.push(id);
    desk.decide(KEY, anItem('b'), APPROVE);
    await desk.undo();
    expect(onScreen()).toEqual(['a', 'b', 'c']);
    expect(returned).toEqual(['b']);
    expect(desk.read().entries).toEqual([]);
    expect(desk.read().tally.approved).toBe(0);
  });

  it('shows a quiet notice of who decided first, and keeps the comment out of the list', async () => {
    const now = {
      ...anItem('b'),
      comment: { ...anItem('b').comment, status: 'rejected' },
      lastDecision: { by: 'moderator', moderator: { id: 'm', name: 'Ines' } },
    } as CommentDetail;
    const { desk, onScreen } = aDesk({ decide: refused(409), comment: () => Promise.resolve(now) });
    desk.decide(KEY, anItem('b'), APPROVE);
    await until(() => desk.read().notices.length === 1);
    expect(desk.read().notices[0]).toMatchObject({
      kind: 'news',
      text: 'Already rejected by Ines: author of b’s comment.',
    });
    expect(onScreen()).toEqual(['a', 'c']);
    expect(desk.read().entries).toEqual([]);
  });

  it('brings back a comment that its author edited meanwhile, with the new text', async () => {
    const edited = { ...anItem('b'), comment: { ...anItem('b').comment, revision: 2 } } as CommentDetail;
    const { desk, onScreen } = aDesk({ decide: refused(409), comment: () => Promise.resolve(edited) });
    desk.decide(KEY, anItem('b'), APPROVE);
    await until(() => onScreen().length === 3);
    expect(onScreen()).toEqual(['a', 'b', 'c']);
  });

  it('retries with the same key when no response arrives, and decides once', async () => {
    let calls = 0;
    const { desk, sent, onScreen } = aDesk({
      decide: (id) => (++calls < 3 ? Promise.reject(new UnreachableError('down')) : taken(id)),
    });
    desk.decide(KEY, anItem('a'), APPROVE);
    await until(() => desk.read().entries[0]?.state === 'saved');
    expect(new Set(sent).size).toBe(1);
    expect(onScreen()).toEqual(['b', 'c']);
  });

  it('puts a comment back when the server stays unreachable, and can retry on request', async () => {
    let isDown = true;
    const { desk, onScreen } = aDesk({
      decide: (id) => (isDown ? Promise.reject(new UnreachableError('down')) : taken(id)),
    });
    desk.decide(KEY, anItem('c'), APPROVE);
    await until(() => desk.read().notices.length === 1);
    expect(onScreen()).toEqual(['a', 'b', 'c']);
    expect(desk.read().notices[0]?.kind).toBe('failed');

    isDown = false;
    desk.read().notices[0]?.retry?.();
    await until(() => desk.read().entries[0]?.state === 'saved');
    expect(onScreen()).toEqual(['a', 'b']);
    expect(desk.read().notices).toEqual([]);
  });

  it('names the comment that was not saved, and clears the message once it is decided again', async () => {
    let isDown = true;
    const { desk } = aDesk({
      decide: (id) => (isDown ? Promise.reject(new UnreachableError('down')) : taken(id)),
    });
    const long = {
      ...anItem('c'),
      comment: { ...anItem('c').comment, body: `Well,\n${'long '.repeat(40)}` },
    };
    desk.decide(KEY, long, APPROVE);
    await until(() => desk.read().notices.length === 1);
    expect(desk.read().notices[0]?.text).toBe(
      'Not saved for author of c’s comment “Well, long long long long long long long…”: ' +
        'the server cannot be reached. It is back in its place.',
    );
    isDown = false;
    desk.decide(KEY, long, APPROVE);
    expect(desk.read().notices).toEqual([]);
  });

  it('shows the failure for a while, and offers no retry of a refused decision', async () => {
    const { desk, later } = aDesk({ decide: refused(403) });
    desk.decide(KEY, anItem('a'), APPROVE);
    await until(() => desk.read().notices.length === 1);
    expect(desk.read().notices[0]?.retry).toBeUndefined();
    later();
    await until(() => desk.read().notices.length === 0);
  });

  it('removes the comment again when the undo came too late', async () => {
    const { desk, onScreen } = aDesk({
      decide: taken,
      undo: () => Promise.reject(new ProblemError(409, 'too-late', { status: 409, detail: 'Too late.' })),
    });
    desk.decide(KEY, anItem('a'), APPROVE);
    await desk.undo();
    expect(onScreen()).toEqual(['b', 'c']);
    expect(desk.read().notices[0]?.text).toContain('Too late.');
  });
});
