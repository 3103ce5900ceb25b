import { isIP } from 'node:net';
import type { Config } from '../../../config.js';
import { isPublicAddress } from './public-addresses.js';

/** Why no request goes to a URL, as far as the text alone tells; undefined when one may. */
export function refusalOf(
  url: string,
  { outboundHttp, outboundPrivateAddresses }: Pick<Config, 'outboundHttp' | 'outboundPrivateAddresses'>,
): string | undefined {
  if (!URL.canParse(url)) return 'It is no URL.';
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && outboundHttp)) {
    return outboundHttp ? 'It must be an https or http address.' : 'It must be an https address.';
  }
  if (username !== '' || password !== '') return 'Credentials do not belong into an address.';
  // A connection to an IP address is made without a look-up, so nothing else would look at it.
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) === 0 || outboundPrivateAddresses || isPublicAddress(literal)) return undefined;
  return 'It is not an address of the public internet.';
}
