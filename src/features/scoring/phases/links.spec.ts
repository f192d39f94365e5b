import { describe, expect, it } from '@jest/globals';
import { doubtfulHosts, links } from './links.js';
import { buildPhaseInput } from './phase-input.builder.js';

const scored = (
  body: string,
  settings: { max?: number; allow?: string[]; block?: string[] } = {},
  isNew = false,
) => links(buildPhaseInput({ body, links: settings, reader: { isNew } }));
const valueOf = (...args: Parameters<typeof scored>): number => scored(...args).links!.value;

describe('link scores', () => {
  it('are 0 for text without links', () => {
    expect(scored('Say example.com what you like.')).toEqual({
      links: { value: 0, spans: [] },
      spam: { value: 0, spans: [] },
    });
  });

  it('of a known reader are low up to the limit', () => {
    const two = 'See https://a.example/x and https://b.example/y.';
    expect(valueOf(two)).toBeLessThan(0.2);
    expect(valueOf(two, { max: 1 })).toBeGreaterThanOrEqual(0.6);
  });

  it('of a new reader are higher', () => {
    expect(valueOf('https://a.example', {}, true)).toBeLessThan(0.6);
    expect(valueOf('https://a.example', {}, true)).toBeGreaterThan(valueOf('https://a.example'));
  });

  it('of a new reader stay below the hold threshold up to the limit', () => {
    const three = 'https://a.example https://b.example https://c.example';
    expect(valueOf(three, { max: 3 }, true)).toBeLessThan(0.6);
    expect(valueOf(three, { max: 2 }, true)).toBeGreaterThanOrEqual(0.6);
  });

  it.each([
    ['https://bad.example/x', 'bad.example'],
    ['https://shop.bad.example', 'bad.example'],
    ['https://WWW.BAD.example.', 'www.bad.example'],
    ['[here](http://bad.example)', '*.bad.example'],
    ['https://bücher.example', 'bücher.example'],
    ['https://xn--bcher-kva.example', 'bücher.example'],
    ['https://bad.co.uk', 'bad.co.uk'],
    ['https://bad．example/x', 'bad.example'],
    ['https://bad%2Eexample/', 'bad.example'],
    ['https://paper.example@bad.example/x', 'bad.example'],
    ['https://paper.example:80@bad.example', 'bad.example'],
  ])('are 1 for a link to a blocked domain: %s, blocked as %s', (body, block) => {
    expect(valueOf(body, { block: [block] })).toBe(1);
  });

  it.each([
    ['https://notbad.example', 'bad.example'],
    ['https://bad.example.com', 'bad.example'],
    ['https://other.co.uk', 'bad.co.uk'],
  ])('are low for a domain that only resembles a blocked one: %s, blocked is %s', (body, block) => {
    expect(valueOf(body, { block: [block] })).toBeLessThan(0.2);
  });

  it.each([
    'Look at bad.example',
    'www.BAD.example/x',
    'bad[.]example',
    'shop.bad (dot) example',
    'bad dot example',
    'bad。example',
    'bad․example',
  ])('are 1 for a blocked domain written without a link: %s', (body) => {
    expect(valueOf(body, { block: ['bad.example'] })).toBe(1);
    expect(valueOf(body, { block: ['other.example'] })).toBe(0);
  });

  it('are 0 for allowed domains', () => {
    const three = 'https://ours.example https://www.ours.example https://blog.ours.example';
    expect(valueOf(three, { max: 0, allow: ['ours.example'] }, true)).toBe(0);
  });

  it.each([
    ['another address as its text', '[https://bank.example](https://evil.example)'],
    ['a name as its text', '[mybank.com](https://evil.example)'],
    ['no text', '[](https://evil.example)'],
    ['an address of digits', 'http://192.0.2.7/login'],
    ['mixed scripts', 'https://раypal.example'],
    ['mixed scripts in punycode', `https://${new URL('https://раypal.example').hostname}`],
    ['letters of one other script', 'https://аррӏе.com'],
    ['an allowed name in disguise', 'https://оսrѕ.example'],
    ['digits for letters', 'https://paypa1.com/login'],
    ['digits for letters below it', 'https://www.g00gle.com'],
    ['letters that look like one', 'https://arnazon.com'],
    ['digits for letters under another ending', 'https://amaz0n.co.uk/deal'],
    ['digits for letters in a part of it', 'https://faceb00k-login.example'],
    ['digits for letters, and no scheme', 'Log in at paypa1.com now'],
    ['letters that look like one, and no scheme', 'rnicrosoft[.]com'],
    ['a trusted name in front', 'https://paypal.com.account.evil.example/login'],
    ['an allowed name in front', 'https://www.ours.example.evil.test'],
  ])('are high for a disguised link with %s', (_, body) => {
    expect(valueOf(body, { allow: ['ours.example'] })).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    '[bank.example](https://www.bank.example/x)',
    '[the report, p. 3.5](https://a.example)',
    'https://пример.example',
    'https://amazon.com.au',
    'https://amazon-rainforest.example and https://apple-pie.example',
    'They scored 1.0 in the 2nd. It was good.idea',
    'https://docs.google.com/x and https://en.wikipedia.org/y',
    'https://com.paypal.com',
    '[U.S.A](https://a.example)',
  ])('are low for an honest link: %s', (body) => {
    expect(valueOf(body)).toBeLessThan(0.2);
  });

  it('are higher for links that hide their target', () => {
    expect(valueOf('https://bit.ly/3xyz')).toBeGreaterThan(valueOf('https://a.example'));
    expect(valueOf('https://bit.ly/3xyz', {}, true)).toBeGreaterThanOrEqual(0.6);
    expect(valueOf('Look: tinyurl.com/abc', {}, true)).toBeGreaterThanOrEqual(0.6);
    expect(valueOf('Look: tinyurl.com/abc')).toBeLessThan(0.6);
    expect(valueOf('Look: tinyurl.com/abc', { allow: ['tinyurl.com'] }, true)).toBe(0);
  });

  it.each([
    'hxxp://bad.example/x',
    'hxxps://BAD[.]example',
    'h**ps://bad.example',
    'https://bad(dot)example/x',
  ])('include links made unclickable: %s', (body) => {
    expect(valueOf(body, { block: ['bad.example'] })).toBe(1);
    expect(valueOf(body, { max: 0 })).toBeGreaterThanOrEqual(0.6);
    expect(scored(body, { max: 0 }).links!.spans).toHaveLength(1);
    expect(valueOf(body, { max: 0, allow: ['bad.example'] })).toBe(0);
  });

  it('have the spans of the links', () => {
    const body = 'Look: https://Bad.example/x';
    expect(
      scored(body, { block: ['bad.example'] }).links!.spans.map(([start, end]) => body.slice(start, end)),
    ).toEqual(['Bad.example']);
  });

  it.each([
    'https://a.example ',
    '[](http://a.b)',
    'http://a.b?(',
    '[a](http://1.1.1.1)',
    'a.',
    'a dot ',
    'a[.]',
  ])('take bounded time for 20 kB of %j', (piece) => {
    const startedAt = process.cpuUsage();
    const value = valueOf(piece.repeat(20_000 / piece.length), { block: ['bad.example'] });
    expect(value >= 0.6).toBe(piece.includes('http'));
    // Measures CPU time, so that other load on the machine does not matter.
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(2_000);
  });
});

describe('suspicious hosts', () => {
  const doubtfulHostsOf = (body: string, settings: { allow?: string[]; block?: string[] } = {}) =>
    doubtfulHosts(body, { allow: [], block: [], ...settings }).map(({ shown, doubt, like }) =>
      [shown, doubt, like].filter((each) => each !== null).join(' '),
    );

  it.each([
    ['https://amaz0n.co.uk/login', ['amaz0n.co.uk look-alike amazon']],
    ['Log in at paypa1.com now', ['paypa1.com look-alike paypal.com']],
    ['https://paypal.com.account.evil.example/x', ['paypal.com.account.evil.example look-alike paypal.com']],
    ['[bank](https://xn--80ak6aa92e.com)', ['аррӏе.com look-alike apple.com']],
    ['http://192.0.2.7/login', ['192.0.2.7 digits']],
    ['https://bit.ly/3xyz and tinyurl.com/b', ['bit.ly shortened', 'tinyurl.com shortened']],
    ['https://раypal-news.example', ['раypal-news.example look-alike paypal']],
    ['https://раper.example', ['раper.example mixed-scripts']],
    ['See bad[.]example.com', ['bad.example.com blocked']],
  ])('are found in %s', (body, found) => {
    expect(doubtfulHostsOf(body, { block: ['bad.example.com'] })).toEqual(found);
  });

  it.each([
    'Say what you like.',
    'https://en.wikipedia.org/y, docs.google.com and amazon.com.au',
    'They scored 1.0 in the 2nd. It was good.idea',
    'https://paypa1.example',
  ])('are not found in %s', (body) => {
    expect(doubtfulHostsOf(body, { allow: ['paypa1.example'] })).toEqual([]);
  });
});
