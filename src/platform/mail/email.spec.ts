import { isMailAddress } from './email.js';

describe('isMailAddress', () => {
  it.each(['ann@paper.example', 'o.neil+news@mail.paper.example', 'zoë@bücher.example', 'a@b.co'])(
    'accepts %s',
    (text) => expect(isMailAddress(text)).toBe(true),
  );

  it.each([
    '',
    'ann',
    'ann@localhost',
    'ann@paper.example, ben@paper.example',
    'Ann <ann@paper.example>',
    'ann@paper.example\r\nBcc: ben@paper.example',
    '"ann b"@paper.example',
    'ann..b@paper.example',
    '.ann@paper.example',
    'ann.@paper.example',
    'ann@-paper.example',
    'ann@[127.0.0.1]',
    `${'a'.repeat(65)}@paper.example`,
    `a@${'b'.repeat(60)}.${'c'.repeat(200)}.example`,
  ])('refuses %j', (text) => expect(isMailAddress(text)).toBe(false));
});
