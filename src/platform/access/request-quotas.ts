import type { Principal } from './principal.js';

/** What a caller may still do, once a request of it is counted. */
export interface Quota {
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the limit is there in full again. */
  readonly reset: number;
}

/** The seam between the transports, which are asked, and the module that counts. */
export abstract class RequestQuotas {
  /**
   * Counts one request.
   *
   * @returns undefined when the caller has no limit
   * @throws QuotaExceeded
   */
  abstract spend(principal: Principal): Promise<Quota | undefined>;
}
