import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readCoralRequest, signatureFault, plainTextOf } from './coral-request.js';

describe('plainTextOf', () => {
  it.each([
    ['plain text', 'Plain words.\nTwo lines.', 'Plain words.\nTwo lines.'],
    [
      'rich text as the editor writes it',
      '<div>Meat &amp; <b>fish</b><br></div><ul><li>Tuna</li><li>Salmon</li></ul><blockquote>Quoted</blockquote>',
      'Meat & fish\nTuna\nSalmon\nQuoted\n',
    ],
    ['blank lines between paragraphs', '<div>One</div><div><br></div><div>Two</div>', 'One\n\nTwo\n'],
    [
      'a link, which shows its address',
      'See <a href="https://evil.example/" target="_blank" rel="noopener noreferrer ugc" class="coral-comment-content-link">https://evil.example/</a>!',
      'See https://evil.example/!',
    ],
    ['a spoiler', '<span class="coral-rte-spoiler">You idiot</span>', 'You idiot'],
    ['text that the author typed as a tag, in HTML', '&lt;you idiots&gt;', '<you idiots>'],
    ['text that the author typed as a tag, in plain text', '<you idiots>', '<you idiots>'],
    ['words in an attribute, in plain text', '<p title="you idiots">So.', '<p title="you idiots">So.'],
    ['words in a comment, in plain text', 'So <!-- you idiots -->', 'So <!-- you idiots -->'],
    ['words split by a tag', 'you <b>id</b>iots', 'you idiots'],
    ['a text with < and >', 'I <3 this & that > those', 'I <3 this & that > those'],
  ])('keeps every word of %s', (_of, body, text) => {
    expect(plainTextOf(body)).toBe(text);
  });

  it('runs in linear time', () => {
    const startedAt = performance.now();
    for (const body of [
      '<'.repeat(40_000),
      '<a '.repeat(13_000),
      `<a${' class="'.repeat(5_000)}`,
      '<div>'.repeat(8_000),
      '&lt;'.repeat(10_000),
    ])
      plainTextOf(body);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('a request signature', () => {
  const body = Buffer.from('{"action": "NEW"}');
  const signatureWith = (secret: string): string =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const fault = (value?: string | string[], secrets = ['first-secret', 'second-secret']): string | null =>
    signatureFault(value === undefined ? {} : { 'x-coral-signature': value }, body, secrets);

  it.each([
    ['made with the first secret', signatureWith('first-secret')],
    ['made with the second secret', signatureWith('second-secret')],
    [
      'one of several, as during a rotation in Coral',
      `${signatureWith('unknown')},${signatureWith('second-secret')}`,
    ],
    ['listed after one of another scheme', `sha1=abc,${signatureWith('first-secret')}`],
    ['in upper case', signatureWith('first-secret').toUpperCase().replace('SHA', 'sha')],
  ])('that is %s is valid', (_what, value) => {
    expect(fault(value)).toBeNull();
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['sent in two headers', [signatureWith('first-secret'), signatureWith('first-secret')]],
    ['made with an unknown secret', signatureWith('unknown')],
    ['without the name of an algorithm', signatureWith('first-secret').slice(7)],
    ['not hexadecimal', 'sha256=zz'],
    ['truncated', signatureWith('first-secret').slice(0, -2)],
  ])('that is %s is invalid', (_what, value) => {
    expect(fault(value)).toMatch(/[a-z]/);
  });

  it('is invalid when no secret is active', () => {
    expect(fault(signatureWith('first-secret'), [])).not.toBeNull();
    expect(fault(signatureWith(''), [''])).not.toBeNull();
  });
});

describe('a Coral request', () => {
  const validRequest = {
    action: 'NEW',
    comment: { body: 'Words.', parentID: null },
    author: { id: 'ann', role: 'COMMENTER' },
    story: { id: 'story', url: 'https://news.example/story' },
  };

  it('may have unknown fields and no parent', () => {
    const { comment } = validRequest;
    expect(readCoralRequest({ ...validRequest, tenantID: 't', more: 1 })).toMatchObject({ isReply: false });
    expect(readCoralRequest({ ...validRequest, comment: { body: comment.body } })).toMatchObject({
      isReply: false,
    });
    expect(readCoralRequest({ ...validRequest, comment: { ...comment, parentID: 'p' } })).toMatchObject({
      isReply: true,
    });
  });

  it.each<[string, unknown]>([
    ['is null', null],
    ['is a list', [validRequest]],
    ['has an unknown action', { ...validRequest, action: 'DELETE' }],
    ['has no body', { ...validRequest, comment: {} }],
    ['has a body that is not a string', { ...validRequest, comment: { body: ['a'] } }],
    ['has a parent that is not a string', { ...validRequest, comment: { body: 'a', parentID: 5 } }],
    ['has no author', { ...validRequest, author: null }],
    ['has a story without a URL', { ...validRequest, story: { id: 'story' } }],
  ])('that %s is rejected', (_what, body) => {
    expect(readCoralRequest(body)).toBeNull();
  });
});
