import { Outbound } from './outbound.js';

const strict = new Outbound({ outboundAllow: [] });
const lax = new Outbound({ outboundAllow: ['127.0.0.0/8', '::1/128'] });

describe('a URL for outgoing calls', () => {
  it.each([
    'https://example.com/hook',
    'https://example.com:8443/?a=b',
    'https://1.1.1.1/',
    'https://[2606:4700::1]/',
  ])('may be %s', (url) => {
    expect(strict.checkUrl(url)).toBeNull();
  });

  it.each([
    ['', 'not a URL'],
    ['example.com/hook', 'not a URL'],
    ['//example.com', 'not a URL'],
    ['http://example.com/', 'https'],
    ['http://1.1.1.1/', 'https'],
    ['ftp://example.com/', 'https'],
    ['file:///etc/passwd', 'https'],
    ['javascript:alert(1)', 'https'],
    ['https://user@example.com/', 'user name'],
    ['https://:secret@example.com/', 'user name'],
    ['https://user:secret@127.0.0.1@example.com/', 'user name'],
    ['https://127.0.0.1/', 'public'],
    ['https://127.1/', 'public'],
    ['https://2130706433/', 'public'],
    ['https://0x7f.1/', 'public'],
    ['https://0177.0.0.1/', 'public'],
    ['https://0x7f000001/', 'public'],
    ['https://127.0.0.1./', 'public'],
    ['https://①②⑦.0.0.1/', 'public'],
    ['https://0/', 'public'],
    ['https://[::1]/', 'public'],
    ['https://[::]/', 'public'],
    ['https://[::ffff:127.0.0.1]/', 'public'],
    ['https://[::ffff:7f00:1]/', 'public'],
    ['https://[::127.0.0.1]/', 'public'],
    ['https://[64:ff9b::7f00:1]/', 'public'],
    ['https://[2002:7f00:1::]/', 'public'],
    ['https://[fe80::1]/', 'public'],
    ['https://[fd00::1]/', 'public'],
    ['https://169.254.169.254/latest/meta-data', 'public'],
    ['https://10.0.0.1:443/', 'public'],
    ['https://168.63.129.16/', 'public'],
    [`https://example.com/${'a'.repeat(3_000)}`, 'characters'],
  ])('may not be %s', (url, why) => {
    expect(strict.checkUrl(url)).toContain(why);
  });

  it('may be http where the operator allowed the address', () => {
    for (const url of [
      'http://127.0.0.1:3000/inbox',
      'http://[::1]/',
      'https://127.0.0.1/',
      'http://localhost/',
    ]) {
      expect([url, lax.checkUrl(url)]).toEqual([url, null]);
    }
    expect(lax.checkUrl('http://1.1.1.1/')).toContain('https');
    expect(lax.checkUrl('http://10.0.0.1/')).toContain('public');
  });
});
