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

  it.each([
    [
      'a changed entry',
      entries.map((each) => (each.position === 2 ? { ...each, body: '{"a": 9}' } : each)),
      2,
    ],
    ['a missing entry', entries.filter(({ position }) => position !== 2), 2],
    ['two swapped entries', [entries[0], entries[2], entries[1]], 2],
    ['a missing last entry', entries.slice(0, 2), 3],
    [
      'a first entry that names a previous one',
      [{ ...entries[0], previous: '1'.repeat(64) }, ...entries.slice(1)],
      1,
    ],
  ])('reports the first tampered entry: %s', (_, tampered, position) => {
    expect(verify(tampered, entries)).toMatchObject({ position });
  });

  it('reports an entry appended after the recorded end', () => {
    const longer = chainOf('{"a": 1}', '{"a": 2}', '{"a": 3}', '{"a": 4}');
    expect(verify(longer, entries)).toMatchObject({ position: 4 });
  });

  it('reports a chain that was rewritten from the start', () => {
    expect(verify(chainOf('{"b": 1}', '{"a": 2}', '{"a": 3}'), entries)).toMatchObject({ position: 3 });
  });
});
