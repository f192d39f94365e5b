import { describe, expect, it } from '@jest/globals';
import { IdleHeapCollector } from './idle-heap-collector.js';

function heapOf(size: number) {
  const collections: string[] = [];
  const state = { utilization: 0, size };
  const collector = new IdleHeapCollector({
    utilization: () => state.utilization,
    size: () => state.size,
    collectYoungGeneration: () => void collections.push('young'),
    collectAll: () => {
      collections.push('all');
      state.size = 80e6;
    },
  });
  const tick = (times = 1) => Array.from({ length: times }, () => collector.tick());
  return { state, collections, tick };
}

describe('an idle heap', () => {
  it('is collected after three quiet ticks', () => {
    const { collections, tick } = heapOf(130e6);
    tick(2);
    expect(collections).toEqual(['young']);
    tick(5);
    expect(collections).toEqual(['young', 'all']);
  });

  it('is not collected while there is work', () => {
    const { state, collections, tick } = heapOf(130e6);
    state.utilization = 0.3;
    tick(10);
    expect(collections).toEqual([]);
    state.utilization = 0;
    tick();
    state.utilization = 0.3;
    tick();
    expect(collections).toEqual(['young']);
  });

  it('is collected again only after it has grown, and after a minimum number of ticks', () => {
    const { state, collections, tick } = heapOf(130e6);
    tick(200);
    expect(collections).toEqual(['young', 'all']);
    state.size = 110e6;
    tick();
    expect(collections.slice(2)).toEqual(['all']);
    state.size = 110e6;
    tick(59);
    expect(collections).toHaveLength(3);
    tick();
    expect(collections.slice(3)).toEqual(['all']);
  });
});
