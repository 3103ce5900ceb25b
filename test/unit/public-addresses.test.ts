import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from '../../src/platform/http/outbound/public-addresses.js';

describe('addresses of the public internet', () => {
  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '64:ff9b::8.8.8.8'])(
    'has %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '::1'],
    ['no address', '0.0.0.0'],
    ['no address', '::'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['private', 'fd12:3456::1'],
    ['shared by a provider', '100.64.0.1'],
    ['link-local, where clouds tell their secrets', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '2001:db8::1'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1'],
    ['IPv4 in IPv6', '::ffff:8.8.8.8'],
    ['IPv4 in 6to4', '2002:7f00:1::'],
    ['private behind NAT64', '64:ff9b::10.0.0.1'],
    ['this machine behind NAT64', '64:ff9b::7f00:1'],
    ['no IP address', 'example.com'],
    ['no IP address', ''],
  ])('does not have %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});
