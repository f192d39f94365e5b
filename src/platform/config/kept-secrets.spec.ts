import { describe, expect, it } from '@jest/globals';
import { liveSecrets, replaceSecret } from './kept-secrets.js';

const NOW = new Date('2026-12-01T12:00:00Z');
const HOUR_MS = 60 * 60 * 1000;

describe('a replaced secret', () => {
  it('counts beside the new one until its end, and no longer', () => {
    const kept = replaceSecret(replaceSecret(null, 'first', NOW, HOUR_MS), 'second', NOW, HOUR_MS);
    expect(liveSecrets(kept, NOW)).toEqual(['second', 'first']);
    expect(liveSecrets(kept, new Date(NOW.getTime() + HOUR_MS))).toEqual(['second']);
  });

  it('is one at most', () => {
    const kept = ['first', 'second', 'third'].reduce<ReturnType<typeof replaceSecret> | null>(
      (before, secret) => replaceSecret(before, secret, NOW, HOUR_MS),
      null,
    );
    expect(liveSecrets(kept!, NOW)).toEqual(['third', 'second']);
  });

  it('keeps its end when the secret in use is set again', () => {
    const kept = replaceSecret([{ secret: 'first', until: null }], 'second', NOW, HOUR_MS);
    expect(replaceSecret(kept, 'second', new Date(NOW.getTime() + 1), HOUR_MS)).toBe(kept);
  });
});
