import type { Credentials } from './credentials.js';
import type { Principal } from './principal.js';

/** The seam between the transports, which read credentials, and the module that knows keys and issuers of tokens. */
export abstract class Authenticator {
  /**
   * The principal behind the credentials; undefined when a key is unknown, wrong, expired or revoked, and when a token
   * is not of this service.
   *
   * @throws AccessDenied UNAUTHENTICATED when more can be told about what is wrong with a token
   * @throws TryAgainLater when it cannot be found out now
   */
  abstract authenticate(credentials: Credentials): Promise<Principal | undefined>;
}
