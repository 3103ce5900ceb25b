import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { OutboundFailed } from './outbound-failed.js';
import { isPublicAddress } from './public-addresses.js';

/**
 * Looks up a name for a connection that is about to be made. One address that is not public refuses the name as a whole:
 * which of them a connection takes is up to whoever answers.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const refusal = refusalOf(hostname, addresses);
    if (refusal) return callback(refusal, []);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return callback(null, first!.address, first!.family);
  });
};

function refusalOf(hostname: string, addresses: readonly LookupAddress[]): OutboundFailed | undefined {
  if (addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address))) return undefined;
  return new OutboundFailed('ADDRESS_REFUSED', `${hostname} does not resolve to addresses of the public internet.`);
}
