import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Blocks that are never public: special-purpose blocks of IANA's registries, and a cloud provider's metadata service.
 */
const REFUSED_BLOCKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
].map((cidr) => ipaddr.parseCIDR(cidr));

const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');

/** The public IPv6 internet; IANA has assigned no other range. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Parses an address; IPv4 written as IPv6 (`::ffff:10.0.0.1`) is parsed as that IPv4 address. */
function parse(text: string): Address | null {
  if (!ipaddr.isValid(text)) return null;
  return ipaddr.process(text);
}

function isIn(address: Address, [network, bits]: [Address, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Defines which addresses outgoing calls may reach. */
export class AddressRules {
  private readonly allowed: [Address, number][];

  /** @param allow CIDR ranges in addition to public addresses */
  constructor(allow: readonly string[]) {
    this.allowed = allow.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  /** Whether the operator explicitly allowed the address, or a block that contains it. */
  isAllowed(text: string): boolean {
    const address = parse(text);
    return address !== null && this.allowed.some((block) => isIn(address, block));
  }

  isPublic(text: string): boolean {
    const address = parse(text);
    if (address === null || REFUSED_BLOCKS.some((block) => isIn(address, block))) return false;
    return address.kind() === 'ipv4' || isIn(address, GLOBAL_IPV6);
  }

  /** Whether a call may reach the address: over HTTPS any public or allowed address; over HTTP only allowed ones. */
  mayReach(text: string, protocol: string): boolean {
    return this.isAllowed(text) || (protocol === 'https:' && this.isPublic(text));
  }

  /**
   * Whether a name must not be called at all if this is one of the addresses that it resolves to. A name with both
   * public and private addresses may be an attempt to direct calls into the internal network. Exception: a NAT64
   * resolver adds translations of public IPv4 addresses (RFC 6147). They do not block the name, but they are not called
   * either.
   */
  blocksName(text: string): boolean {
    const address = parse(text);
    if (address === null) return true;
    if (address.kind() === 'ipv6' && isIn(address, NAT64)) {
      const embeddedIpv4 = address.toByteArray().slice(12);
      return !this.isAllowed(text) && !this.isPublic(ipaddr.fromByteArray(embeddedIpv4).toString());
    }
    return !this.isAllowed(text) && !this.isPublic(text);
  }

  get allowsAny(): boolean {
    return this.allowed.length > 0;
  }
}
