import { Injectable } from '@nestjs/common';
import { AccessDenied } from '../errors.js';
import { Authenticator } from './authenticator.js';
import { parseAuthorization } from './credentials.js';
import type { Principal } from './principal.js';

/** Who is calling, told from the text of an Authorization header, wherever it came from. */
@Injectable()
export class Callers {
  constructor(private readonly authenticator: Authenticator) {}

  /**
   * @param authorization as in the header; undefined when there is none
   * @param allowed basic: whether HTTP Basic is taken besides Bearer
   * @throws AccessDenied UNAUTHENTICATED when nobody is behind it
   * @throws TryAgainLater when the keys of a token's issuer cannot be had
   */
  async identify(authorization: string | undefined, allowed: { basic: boolean }): Promise<Principal> {
    const credentials = parseAuthorization(authorization, allowed);
    const principal = credentials && (await this.authenticator.authenticate(credentials));
    if (principal) return principal;
    throw new AccessDenied('UNAUTHENTICATED', 'Send a valid API key: "Authorization: Bearer id:secret".');
  }
}
