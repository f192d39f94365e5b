import { describe, expect, it } from '@jest/globals';
import { activeSecrets, addSecretVersion } from './secret-versions.js';

const NOW = new Date('2026-12-01T12:00:00Z');
const HOUR_MS = 60 * 60 * 1000;

describe('a replaced secret', () => {
  it('is accepted together with the new one until it expires', () => {
    const versions = addSecretVersion(addSecretVersion(null, 'first', NOW, HOUR_MS), 'second', NOW, HOUR_MS);
    expect(activeSecrets(versions, NOW)).toEqual(['second', 'first']);
    expect(activeSecrets(versions, new Date(NOW.getTime() + HOUR_MS))).toEqual(['second']);
  });

  it('is dropped when the secret is replaced again', () => {
    const versions = ['first', 'second', 'third'].reduce<ReturnType<typeof addSecretVersion> | null>(
      (before, secret) => addSecretVersion(before, secret, NOW, HOUR_MS),
      null,
    );
    expect(activeSecrets(versions!, NOW)).toEqual(['third', 'second']);
  });

  it('keeps its expiry when the current secret is set again', () => {
    const versions = addSecretVersion([{ secret: 'first', until: null }], 'second', NOW, HOUR_MS);
    expect(addSecretVersion(versions, 'second', new Date(NOW.getTime() + 1), HOUR_MS)).toBe(versions);
  });
});
