import type { Credentials } from './credentials.js';
import type { Principal } from './principal.js';

/** The seam between the transports, which read credentials, and the module that knows the keys. */
export abstract class Authenticator {
  /** The principal behind the credentials; undefined when the key is unknown, wrong, expired or revoked. */
  abstract authenticate(credentials: Credentials): Promise<Principal | undefined>;
}
