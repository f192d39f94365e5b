import { QueryClient } from '@tanstack/react-query';
import type { QueueItem } from '../api-types.js';
import { itemsOf, restoreItem, queueKey, removeItem } from './queue-cache.js';

const KEY = queueKey('site', 'held', 'risk');
const anItem = (id: string) => ({ comment: { id } }) as QueueItem;

function aQueue(...pages: string[][]) {
  const queries = new QueryClient();
  queries.setQueryData(KEY, {
    pages: pages.map((ids) => ({ items: ids.map(anItem), next: null })),
    pageParams: pages.map(() => null),
  });
  return { queries, ids: () => itemsOf(queries.getQueryData(KEY)).map(({ comment }) => comment.id) };
}

describe('the loaded queue', () => {
  it('lists a comment once when two pages contain it', () => {
    expect(aQueue(['a', 'b'], ['b', 'c']).ids()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 3],
  ])('puts %s back where it was', (id, position) => {
    const { queries, ids } = aQueue(['a', 'b'], ['c', 'd']);
    expect(removeItem(queries, KEY, id)).toBe(position);
    expect(ids()).not.toContain(id);
    restoreItem(queries, KEY, anItem(id), position);
    expect(ids()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does not change when the comment is already listed or its queue is not loaded', () => {
    const { queries, ids } = aQueue(['a']);
    restoreItem(queries, KEY, anItem('a'), 0);
    restoreItem(queries, queueKey('site', 'flagged', 'risk'), anItem('x'), 0);
    expect(ids()).toEqual(['a']);
    expect(removeItem(queries, KEY, 'unknown')).toBe(-1);
  });
});
