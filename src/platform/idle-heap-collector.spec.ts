import { describe, expect, it } from '@jest/globals';
import { IdleHeapCollector } from './idle-heap-collector.js';

function heapOf(size: number) {
  const done: string[] = [];
  const state = { utilization: 0, size };
  const quiet = new IdleHeapCollector({
    utilization: () => state.utilization,
    size: () => state.size,
    collectYoung: () => void done.push('young'),
    collectAll: () => {
      done.push('all');
      state.size = 80e6;
    },
  });
  const tick = (times = 1) => Array.from({ length: times }, () => quiet.tick());
  return { state, done, tick };
}

describe('an idle heap', () => {
  it('is collected after three quiet ticks', () => {
    const { done, tick } = heapOf(130e6);
    tick(2);
    expect(done).toEqual(['young']);
    tick(5);
    expect(done).toEqual(['young', 'all']);
  });

  it('is not collected while there is work', () => {
    const { state, done, tick } = heapOf(130e6);
    state.utilization = 0.3;
    tick(10);
    expect(done).toEqual([]);
    state.utilization = 0;
    tick();
    state.utilization = 0.3;
    tick();
    expect(done).toEqual(['young']);
  });

  it('is collected again only when it has grown, and not often', () => {
    const { state, done, tick } = heapOf(130e6);
    tick(200);
    expect(done).toEqual(['young', 'all']);
    state.size = 110e6;
    tick();
    expect(done.slice(2)).toEqual(['all']);
    state.size = 110e6;
    tick(59);
    expect(done).toHaveLength(3);
    tick();
    expect(done.slice(3)).toEqual(['all']);
  });
});
