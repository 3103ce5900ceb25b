import { Injectable } from '@nestjs/common';
import { Authenticator } from '../../src/platform/access/authenticator.js';
import type { Credentials } from '../../src/platform/access/credentials.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { TokenAuthenticator } from './issuers/token-authenticator.js';
import { ApiKeyAuthenticator } from './keys/api-key-authenticator.js';

/** Knows callers by keys and by tokens. */
@Injectable()
export class CredentialsAuthenticator extends Authenticator {
  constructor(
    private readonly keys: ApiKeyAuthenticator,
    private readonly tokens: TokenAuthenticator,
  ) {
    super();
  }

  authenticate(credentials: Credentials): Promise<Principal | undefined> {
    return 'token' in credentials ? this.tokens.authenticate(credentials) : this.keys.authenticate(credentials);
  }
}
