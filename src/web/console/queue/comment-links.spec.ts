import { describeLink } from './comment-links.js';

it.each([
  ['click here', 'https://example.com/a?b=1', 'example.com/a?b=1', false],
  ['https://example.com/a/', 'https://example.com/a', 'example.com/a', false, null],
  ['', 'https://example.com/a', 'example.com/a', false, null],
  ['www.example.com', 'https://example.com/', 'example.com', false],
  ['bank.example', 'https://thief.example/login', 'thief.example/login', true],
  ['https://bank.example/x', 'http://thief.example:8080/', 'thief.example:8080', true],
  ['see bank.example', 'https://thief.example/', 'thief.example', false],
  ['write', 'mailto:a@b.example', 'mailto:a@b.example', false],
])('links %s to %s', (text, href, target, isDisguised, expectedText: string | null = text) => {
  expect(describeLink(text, new URL(href))).toMatchObject({ text: expectedText, target, isDisguised });
});

it('names hosts as the server does', () => {
  expect(describeLink('', new URL('https://WWW.Аррӏе.com:8080/x')).host).toBe('xn--80ak6aa92e.com');
});
