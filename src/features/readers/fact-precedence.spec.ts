import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { supersedes, type FactOrigin } from './fact-precedence.js';

const origin = (seconds: number, fields: Partial<FactOrigin> = {}): FactOrigin => ({
  source: 'generic',
  reportedAt: new Date(1_790_000_000_000 + seconds * 1000),
  sequence: null,
  messageId: 'm',
  ...fields,
});

describe('the precedence of facts about a reader', () => {
  it('always applies a fact from the API, because the publisher is stating it now', () => {
    expect(supersedes(origin(0, { source: 'api' }), origin(60))).toBe(true);
  });

  it('orders facts from one source by sequence, then by time, then by id', () => {
    expect(supersedes(origin(0, { sequence: 2 }), origin(9, { sequence: 1 }))).toBe(true);
    expect(supersedes(origin(9, { sequence: 1 }), origin(0, { sequence: 2 }))).toBe(false);
    expect(supersedes(origin(1), origin(0, { sequence: 7 }))).toBe(true);
    expect(supersedes(origin(0), origin(1))).toBe(false);
    expect(supersedes(origin(0, { messageId: 'b' }), origin(0, { messageId: 'a' }))).toBe(true);
    expect(
      supersedes(origin(5, { sequence: 1, messageId: 'a' }), origin(0, { sequence: 1, messageId: 'b' })),
    ).toBe(false);
  });

  it('orders facts from two sources by time, to the second', () => {
    const api = origin(10.9, { source: 'api', messageId: null });
    expect(supersedes(origin(9.9), api)).toBe(false);
    expect(supersedes(origin(10), api)).toBe(true);
    expect(supersedes(origin(11), api)).toBe(true);
  });

  it('never puts a fact both before and after another', () => {
    const anyOrigin = fc
      .record({
        seconds: fc.integer({ min: 0, max: 3 }),
        sequence: fc.option(fc.integer({ min: 0, max: 2 })),
        messageId: fc.constantFrom('a', 'b', 'c'),
      })
      .map(({ seconds, ...fields }) => origin(seconds, fields));
    fc.assert(
      fc.property(anyOrigin, anyOrigin, (a, b) => expect(supersedes(a, b) && supersedes(b, a)).toBe(false)),
    );
  });
});
