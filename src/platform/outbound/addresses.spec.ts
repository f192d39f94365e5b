import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { AddressRules } from './addresses.js';

/** Written independently of the list in addresses.ts, so that a mistake in one of the lists makes a test fail. */
const REFUSED_IPV4 =
  '0/8 10/8 100.64/10 127/8 169.254/16 172.16/12 192.0.0/24 192.0.2/24 192.88.99/24 192.168/16 198.18/15 198.51.100/24 203.0.113/24 224/4 240/4 168.63.129.16/32'
    .split(' ')
    .map((block) => {
      const [network, bits] = block.split('/') as [string, string];
      return { network: [...network.split('.'), '0', '0', '0'].slice(0, 4).join('.'), bits: Number(bits) };
    });
const REFUSED_IPV6 =
  '::/96 fe80::/10 fc00::/7 ff00::/8 2001:db8::/32 3fff::/20 100::/64 2002::/16 64:ff9b::/96 64:ff9b:1::/48 5f00::/16 2001::/32'
    .split(' ')
    .map((block) => {
      const [network, bits] = block.split('/') as [string, string];
      return { network, bits: Number(bits) };
    });

/** Any address of a block: the network's bits, followed by arbitrary ones. */
function addressesIn({ network, bits }: { network: string; bits: number }): fc.Arbitrary<string> {
  const bytes = ipaddr.parse(network).toByteArray();
  return fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }).map((randomBytes) =>
    ipaddr
      .fromByteArray(
        bytes.map((byte, index) => {
          const fixedBits = Math.max(0, Math.min(8, bits - index * 8));
          const mask = (0xff << (8 - fixedBits)) & 0xff;
          return (byte & mask) | (randomBytes[index] & ~mask & 0xff);
        }),
      )
      .toString(),
  );
}

const publicOnly = new AddressRules([]);

describe('outbound addresses', () => {
  it.each(REFUSED_IPV4)('in $network/$bits are refused, also in IPv6 notation', (block) => {
    fc.assert(
      fc.property(addressesIn(block), (address) => {
        expect(publicOnly.isPublic(address)).toBe(false);
        expect(publicOnly.isPublic(`::ffff:${address}`)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it.each(REFUSED_IPV6)('in $network/$bits are refused', (block) => {
    fc.assert(
      fc.property(addressesIn(block), (address) => expect(publicOnly.isPublic(address)).toBe(false)),
      { numRuns: 50 },
    );
  });

  it('outside every refused block are public', () => {
    const isRefused = (address: ipaddr.IPv4): boolean =>
      REFUSED_IPV4.some(({ network, bits }) => address.match(ipaddr.IPv4.parse(network), bits));
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(publicOnly.isPublic(text)).toBe(!isRefused(ipaddr.IPv4.parse(text)));
      }),
      { numRuns: 500 },
    );
    for (const text of [
      '1.1.1.1',
      '8.8.8.8',
      '172.15.255.255',
      '172.32.0.0',
      '2606:4700::1111',
      '2a00:1450::1',
    ]) {
      expect([text, publicOnly.isPublic(text)]).toEqual([text, true]);
    }
  });

  it('that are invalid are not public', () => {
    for (const text of ['', 'localhost', '1.2.3.4.5', 'fe80::1%eth0', '::g']) {
      expect([text, publicOnly.isPublic(text)]).toEqual([text, false]);
    }
  });

  it('in allowed blocks may use http, public ones only https', () => {
    const rules = new AddressRules(['127.0.0.0/8', '::1/128', '10.1.2.3/32']);
    for (const text of ['127.0.0.1', '127.9.9.9', '::1', '10.1.2.3', '::ffff:127.0.0.1']) {
      expect(rules.mayReach(text, 'http:')).toBe(true);
      expect(rules.mayReach(text, 'https:')).toBe(true);
    }
    expect(rules.mayReach('10.1.2.4', 'https:')).toBe(false);
    expect(rules.mayReach('1.1.1.1', 'https:')).toBe(true);
    expect(rules.mayReach('1.1.1.1', 'http:')).toBe(false);
  });
});
