import { Injectable } from '@nestjs/common';
import { ValidationFailed } from '../../src/platform/errors.js';
import { Outbound } from '../../src/platform/http/outbound/outbound.js';
import { SealedSecrets } from '../../src/platform/secrets/sealed-secrets.js';
import { secretOf, shownAuth } from './pipe-input.js';
import type { TargetInput } from './pipe-input.js';
import { secretPlaceOf } from './secret-place.js';
import type { TargetSettings } from './targets/targets.js';

/** A target as it is kept. */
export interface KeptTarget {
  readonly settings: TargetSettings;
  /** Sealed; undefined when the one of before stays. */
  readonly secret: string | undefined;
}

const ENDPOINT = ['target', 'xapi', 'endpoint'];
const AUTH = ['target', 'xapi', 'auth'];

/** Checks targets, and hides their secrets. */
@Injectable()
export class TargetKeeper {
  constructor(
    private readonly outbound: Outbound,
    private readonly secrets: SealedSecrets,
  ) {}

  /** @param before what the target was, for a pipe that is there already */
  keep(
    organizationId: string,
    pipeId: string,
    { settings, credential }: TargetInput,
    before: TargetSettings | undefined,
  ): KeptTarget | ValidationFailed {
    const endpoint = settings.endpoint.replace(/\/+$/, '');
    const refusal = this.refusalOf(endpoint);
    if (refusal !== undefined) return failure('ADDRESS_REFUSED', refusal, ENDPOINT);
    if (credential) {
      const secret = this.secrets.seal(secretOf(credential), secretPlaceOf(organizationId, pipeId));
      return { settings: { ...settings, endpoint, auth: shownAuth(credential) }, secret };
    }
    if (!before) return failure('REQUIRED', 'The target needs a credential.', AUTH);
    // Whoever may change an address must not learn the secret by it.
    if (new URL(before.endpoint).origin !== new URL(endpoint).origin) {
      return failure('REQUIRED', 'A target on another server needs its credential given anew.', AUTH);
    }
    return { settings: { ...settings, endpoint, auth: before.auth }, secret: undefined };
  }

  private refusalOf(endpoint: string): string | undefined {
    const refusal = this.outbound.refusalOf(endpoint);
    if (refusal !== undefined) return refusal;
    const { search, hash } = new URL(endpoint);
    return search === '' && hash === '' ? undefined : 'The base address of an LRS has no query and no fragment.';
  }
}

const failure = (code: string, message: string, path: readonly string[]): ValidationFailed =>
  new ValidationFailed([{ code, message, path, severity: 'ERROR' }]);
