import type { Target } from './load-generator.js';

/**
 * Another LRS to measure beside ours: PEER_URL is where its xAPI begins, PEER_KEY its `user:password`. It must be on this
 * machine, on a PostgreSQL with the same settings, with its rate limits off. Undefined when they are not set.
 */
export function peer(): Target | undefined {
  const { PEER_URL: address, PEER_KEY: key } = process.env;
  if (!address || !key) return undefined;
  const { origin, pathname } = new URL(address);
  return {
    url: origin,
    path: pathname.replace(/\/$/, ''),
    authorization: `Basic ${Buffer.from(key).toString('base64')}`,
  };
}
