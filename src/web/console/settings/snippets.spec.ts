import { expect, it } from '@jest/globals';
import { embedCode, signingCode } from './snippets.js';

it('embeds the element with its server and its site', () => {
  const code = embedCode('https://postbag.example', 'a-site');
  expect(code).toContain('src="https://postbag.example/embed.js"');
  expect(code).toContain('site="a-site"');
});

it('signs a token in the way that the site expects', () => {
  const shared = signingCode({ family: 'hmac', issuer: null }, 'a-site');
  expect(shared).toContain("alg: 'HS256'");
  expect(shared).toContain("setAudience('a-site')");
  expect(shared).not.toContain('setIssuer');
  const own = signingCode({ family: 'public-key', issuer: 'https://login.example' }, 'a-site');
  expect(own).toContain("alg: 'ES256'");
  expect(own).toContain('setIssuer("https://login.example")');
});
