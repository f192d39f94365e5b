import { describe, expect, it } from '@jest/globals';
import { ChainVerification, hashOfEntry, NO_ENTRY, type ChainedEntry } from './audit-chain.js';

function chainOf(...bodies: string[]): ChainedEntry[] {
  let previous = NO_ENTRY;
  return bodies.map((body, index) => {
    const entry = { position: index + 1, previous, body };
    previous = hashOfEntry(entry);
    return { ...entry, hash: previous };
  });
}

function verify(entries: readonly ChainedEntry[], written = entries): unknown {
  const chain = new ChainVerification();
  for (const entry of entries) {
    const broken = chain.add(entry);
    if (broken) return broken;
  }
  return chain.finish({ length: written.length, head: written.at(-1)?.hash ?? NO_ENTRY });
}

describe('the audit chain', () => {
  const entries = chainOf('{"a": 1}', '{"a": 2}', '{"a": 3}');

  it('verifies when it is intact or empty', () => {
    expect(verify(entries)).toBeNull();
    expect(verify([])).toBeNull();
  });

  const rehashed = { ...entries[1], body: '{"a": 9}' };

  it.each([
    [
      'a changed entry',
      entries.map((each) => (each.position === 2 ? { ...each, body: '{"a": 9}' } : each)),
      2,
      'does not match its hash',
    ],
    [
      'an entry changed together with its own hash',
      [entries[0], { ...rehashed, hash: hashOfEntry(rehashed) }, entries[2]],
      3,
      'does not follow the entry before it',
    ],
    ['a missing entry', entries.filter(({ position }) => position !== 2), 2, 'is missing'],
    ['two swapped entries', [entries[0], entries[2], entries[1]], 2, 'is missing'],
    ['a missing last entry', entries.slice(0, 2), 3, 'is missing'],
    ['no entry left', [], 1, 'is missing'],
    [
      'a first entry that names a previous one',
      [{ ...entries[0], previous: '1'.repeat(64) }, ...entries.slice(1)],
      1,
      'does not follow the entry before it',
    ],
    [
      'an entry appended after the recorded end',
      chainOf('{"a": 1}', '{"a": 2}', '{"a": 3}', '{"a": 4}'),
      4,
      'was added outside the audit log',
    ],
    [
      'a chain rewritten from the start',
      chainOf('{"b": 1}', '{"a": 2}', '{"a": 3}'),
      3,
      'is not the last entry that was written',
    ],
  ])('reports the first tampered entry: %s', (_, tampered, position, why) => {
    expect(verify(tampered, entries)).toEqual({ position, why });
  });

  it('reports an entry that was removed and the later ones renumbered', () => {
    const renumbered = { ...entries[2], position: 2 };
    expect(verify([entries[0], renumbered], entries)).toEqual({
      position: 2,
      why: 'does not follow the entry before it',
    });
  });
});
