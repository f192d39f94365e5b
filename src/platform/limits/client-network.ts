import ipaddr from 'ipaddr.js';

/**
 * The network by which limits identify a client: an IPv4 address, or the /64 of an IPv6 address, because a single
 * subscriber can choose addresses from a whole /64 (RFC 6177).
 *
 * @param ip as reported by the connection or a trusted proxy; an IPv4-mapped address counts as its IPv4 address
 * @returns `203.0.113.7` or `2001:db8:1:2::/64`; text that is not an address is returned unchanged
 */
export function clientNetwork(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  const parts = (address as ipaddr.IPv6).parts.slice(0, 4);
  return `${new ipaddr.IPv6([...parts, 0, 0, 0, 0]).toString()}/64`;
}
