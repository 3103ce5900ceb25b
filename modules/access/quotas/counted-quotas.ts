import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type Config } from '../../../src/config.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { RequestQuotas, type Quota } from '../../../src/platform/access/request-quotas.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { QuotaExceeded } from '../../../src/platform/errors.js';
import { RequestCountStore } from './request-count.store.js';

const WINDOW_S = 60;
const MOST_LIMITERS = 10_000;

/**
 * Counts the requests of limited callers in the database, so the limit is exact over all processes. A caller that has used
 * it up costs nothing more until its minute is over, and one without a limit nothing at all.
 */
@Injectable()
export class CountedQuotas extends RequestQuotas {
  private readonly limiters = new Map<string, RateLimiterPostgres>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly counts: RequestCountStore,
  ) {
    super();
  }

  async spend(principal: Principal): Promise<Quota | undefined> {
    const limit = this.limitOf(principal);
    if (limit === undefined) return undefined;
    const caller = callerOf(principal);
    try {
      return quotaOf(limit, await this.limiterOf(principal.organizationId, limit).consume(caller));
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new QuotaExceeded(quotaOf(limit, error));
      throw error;
    }
  }

  private limitOf({ requestsPerMinute, restriction }: Principal): number | undefined {
    return requestsPerMinute ?? (restriction ? undefined : this.config.rateLimitPerMinute);
  }

  private limiterOf(organizationId: string, limit: number): RateLimiterPostgres {
    const name = `${organizationId} ${limit}`;
    const known = this.limiters.get(name);
    if (known) return known;
    if (this.limiters.size >= MOST_LIMITERS) this.limiters.clear();
    const limiter = new RateLimiterPostgres({
      storeClient: this.clientOf(organizationId),
      storeType: 'client',
      tableName: 'request_counts',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: '',
      points: limit,
      duration: WINDOW_S,
      inMemoryBlockOnConsumed: limit,
    });
    this.limiters.set(name, limiter);
    return limiter;
  }

  /**
   * What the limiter speaks to instead of a connection. Its own statement knows no organizations; the one with which it
   * counts is answered by our store, and it sends no other.
   */
  private clientOf(organizationId: string) {
    return {
      query: async ({ values: [caller, requests] }: { values: readonly [caller: string, requests: number] }) => {
        const count = await this.unitOfWork.run(organizationId, () =>
          this.counts.add(organizationId, caller, requests, WINDOW_S * 1_000),
        );
        return { rows: [{ points: count.requests, expire: Date.now() + count.left }] };
      },
    };
  }
}

/** A key, or a client of an issuer. */
const callerOf = ({ keyId, token }: Principal): string => (token ? `${keyId} ${token.client}` : keyId);

const quotaOf = (limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): Quota => ({
  limit,
  remaining: remainingPoints,
  reset: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
});
