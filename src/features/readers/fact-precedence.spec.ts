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

describe('what is told', () => {
  it("through the API counts, since it is the publisher's word of now", () => {
    expect(supersedes(told(0, { source: 'api' }), told(60))).toBe(true);
  });

  it('by one source goes by sequence, else by time, then by id', () => {
    expect(supersedes(told(0, { sequence: 2 }), told(9, { sequence: 1 }))).toBe(true);
    expect(supersedes(told(9, { sequence: 1 }), told(0, { sequence: 2 }))).toBe(false);
    expect(supersedes(told(1), told(0, { sequence: 7 }))).toBe(true);
    expect(supersedes(told(0), told(1))).toBe(false);
    expect(supersedes(told(0, { messageId: 'b' }), told(0, { messageId: 'a' }))).toBe(true);
    expect(
      supersedes(told(5, { sequence: 1, messageId: 'a' }), told(0, { sequence: 1, messageId: 'b' })),
    ).toBe(false);
  });

  it('by two sources goes by time, to the second', () => {
    const api = told(10.9, { source: 'api', messageId: null });
    expect(supersedes(told(9.9), api)).toBe(false);
    expect(supersedes(told(10), api)).toBe(true);
    expect(supersedes(told(11), api)).toBe(true);
  });

  it('never comes both before and after', () => {
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
