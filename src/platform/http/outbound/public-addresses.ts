import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not part of the public internet (RFC 6890 and its registry). */
const NOT_PUBLIC: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Exceptions in the part of IPv6 that is public: protocol assignments, documentation, 6to4 (IPv4 in disguise). */
const NOT_PUBLIC_V6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** Translates IPv4 for networks that have IPv6 only (RFC 6052). */
const NAT64 = '64:ff9b::';
const NAT64_PREFIX = 96;

const refused = new BlockList();
for (const [network, prefix] of NOT_PUBLIC) {
  refused.addSubnet(network, prefix, 'ipv4');
  refused.addSubnet(`${NAT64}${network}`, NAT64_PREFIX + prefix, 'ipv6');
}
for (const [network, prefix] of NOT_PUBLIC_V6) refused.addSubnet(network, prefix, 'ipv6');

const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');
publicV6.addSubnet(NAT64, NAT64_PREFIX, 'ipv6');

/** Whether an IP address is one of the public internet: not of this machine, of a private network, or of a special use. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && publicV6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
    default:
      return false;
  }
}
