import { describe, expect, it } from '@jest/globals';
import { activeSecrets, addSecretVersion } from './secret-versions.js';

const NOW = new Date('2026-12-01T12:00:00Z');
const HOUR_MS = 60 * 60 * 1000;

describe('a replaced secret', () => {
  it('is valid beside the new one until it expires', () => {
    const kept = addSecretVersion(addSecretVersion(null, 'first', NOW, HOUR_MS), 'second', NOW, HOUR_MS);
    expect(activeSecrets(kept, NOW)).toEqual(['second', 'first']);
    expect(activeSecrets(kept, new Date(NOW.getTime() + HOUR_MS))).toEqual(['second']);
  });

  it('is kept only once', () => {
    const kept = ['first', 'second', 'third'].reduce<ReturnType<typeof addSecretVersion> | null>(
      (before, secret) => addSecretVersion(before, secret, NOW, HOUR_MS),
      null,
    );
    expect(activeSecrets(kept!, NOW)).toEqual(['third', 'second']);
  });

  it('keeps its expiry when the current secret is set again', () => {
    const kept = addSecretVersion([{ secret: 'first', until: null }], 'second', NOW, HOUR_MS);
    expect(addSecretVersion(kept, 'second', new Date(NOW.getTime() + 1), HOUR_MS)).toBe(kept);
  });
});
