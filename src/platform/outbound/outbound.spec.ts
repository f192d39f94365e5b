import { Outbound } from './outbound.js';

const strict = new Outbound({ outboundAllow: [] });
const permissive = new Outbound({ outboundAllow: ['127.0.0.0/8', '::1/128'] });

describe('an outbound URL', () => {
  it.each([
    'https://example.com/hook',
    'https://example.com:8443/?a=b',
    'https://1.1.1.1/',
    'https://[2606:4700::1]/',
  ])('is accepted: %s', (url) => {
    expect(strict.checkUrl(url)).toBeNull();
  });

  it.each([
    ['', 'not a URL'],
    ['example.com/hook', 'not a URL'],
    ['//example.com', 'not a URL'],
    ['http://example.com/', 'https'],
    ['http://1.1.1.1/', 'https'],
    ['https://example.com/\r\nhook', 'control characters'],
    ['https://exam\tple.com/', 'control characters'],
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
  ])('is refused: %s', (url, why) => {
    expect(strict.checkUrl(url)).toContain(why);
  });

  it('may use http when the operator allowed the address', () => {
    for (const url of [
      'http://127.0.0.1:3000/inbox',
      'http://[::1]/',
      'https://127.0.0.1/',
      'http://localhost/',
    ]) {
      expect([url, permissive.checkUrl(url)]).toEqual([url, null]);
    }
    expect(permissive.checkUrl('http://1.1.1.1/')).toContain('https');
    expect(permissive.checkUrl('http://10.0.0.1/')).toContain('public');
  });

  it('may use http for a name only when it resolves to allowed ranges', async () => {
    const outboundResolvingTo = (...addresses: string[]) =>
      Outbound.resolvingBy({ outboundAllow: ['10.0.0.0/8'] }, (_, done) =>
        addresses.length === 0
          ? done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [])
          : done(
              null,
              addresses.map((address) => ({ address, family: 4 })),
            ),
      );
    expect(await outboundResolvingTo('10.1.2.3').refusalOf('http://crm.internal/')).toBeNull();
    expect(await outboundResolvingTo('93.184.216.34').refusalOf('http://crm.example/')).toContain('https');
    expect(await outboundResolvingTo().refusalOf('http://crm.example/')).toContain('https');
    expect(await outboundResolvingTo().refusalOf('https://crm.example/')).toBeNull();
    expect(await outboundResolvingTo().refusalOf('ftp://crm.example/')).toContain('https');
  });
});
