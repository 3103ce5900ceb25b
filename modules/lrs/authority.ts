/** Who asserts what a caller sends (xAPI 1.0.3 Data 2.4.9). */
import type { Principal } from '../../src/platform/access/principal.js';
import type { Actor } from './xapi/statement.js';

/**
 * The authority of the caller's statements:
 *
 * - a key: an account of this service, named by the key's id;
 * - a token of a client alone: the client, as an account of the token's issuer;
 * - a token of a client that acts for a user: a Group of both.
 *
 * @param homePage the address of this service
 */
export function authorityOf({ keyId, name, token }: Principal, homePage: string): Actor {
  if (!token) return account(homePage, keyId, name);
  const client = account(token.issuer, token.client);
  if (!token.user) return client;
  return { objectType: 'Group', member: [client, account(token.issuer, token.user.id, token.user.name)] };
}

function account(homePage: string, name: string, shown?: string): Actor {
  return { objectType: 'Agent', ...(shown !== undefined && { name: shown }), account: { homePage, name } };
}
