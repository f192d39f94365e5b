import { describe, expect, it } from '@jest/globals';
import { Drafts, keyFor } from './drafts.js';

describe('keyFor', () => {
  it('keeps the key for the same text and creates a new one for another text', () => {
    const draft = { body: 'a', sent: { key: 'k1', body: 'a' } };
    expect(keyFor(draft, 'a', () => 'k2')).toBe('k1');
    expect(keyFor(draft, 'b', () => 'k2')).toBe('k2');
    expect(keyFor({ body: 'a' }, 'a', () => 'k2')).toBe('k2');
  });
});

describe('Drafts', () => {
  it('keeps drafts separate, even without storage', () => {
    const drafts = new Drafts('site:story');
    drafts.save('new', { body: 'half a thought' });
    drafts.save('reply:1', { body: 'an answer' });
    expect(drafts.read('new').body).toBe('half a thought');
    drafts.drop('new');
    expect(drafts.read('new').body).toBe('');
    expect(drafts.read('reply:1').body).toBe('an answer');
  });
});
