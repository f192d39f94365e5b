import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { supersedes, type FactOrigin } from './fact-precedence.js';

const told = (seconds: number, fields: Partial<FactOrigin> = {}): FactOrigin => ({
  source: 'generic',
  reportedAt: new Date(1_790_000_000_000 + seconds * 1000),
  sequence: null,
  messageId: 'm',
  ...fields,
});

describe('the precedence of facts about a reader', () => {
  it('always applies a fact from the API, because the publisher is stating it now', () => {
    expect(supersedes(told(0, { source: 'api' }), told(60))).toBe(true);
  });

  it('orders facts from one source by sequence, then by time, then by id', () => {
    expect(supersedes(told(0, { sequence: 2 }), told(9, { sequence: 1 }))).toBe(true);
    expect(supersedes(told(9, { sequence: 1 }), told(0, { sequence: 2 }))).toBe(false);
    expect(supersedes(told(1), told(0, { sequence: 7 }))).toBe(true);
    expect(supersedes(told(0), told(1))).toBe(false);
    expect(supersedes(told(0, { messageId: 'b' }), told(0, { messageId: 'a' }))).toBe(true);
    expect(
      supersedes(told(5, { sequence: 1, messageId: 'a' }), told(0, { sequence: 1, messageId: 'b' })),
    ).toBe(false);
  });

  it('orders facts from two sources by time, to the second', () => {
    const api = told(10.9, { source: 'api', messageId: null });
    expect(supersedes(told(9.9), api)).toBe(false);
    expect(supersedes(told(10), api)).toBe(true);
    expect(supersedes(told(11), api)).toBe(true);
  });

  it('never puts a fact both before and after another', () => {
    const anyTold = fc
      .record({
        seconds: fc.integer({ min: 0, max: 3 }),
        sequence: fc.option(fc.integer({ min: 0, max: 2 })),
        messageId: fc.constantFrom('a', 'b', 'c'),
      })
      .map(({ seconds, ...fields }) => told(seconds, fields));
    fc.assert(
      fc.property(anyTold, anyTold, (a, b) => expect(supersedes(a, b) && supersedes(b, a)).toBe(false)),
    );
  });
});
