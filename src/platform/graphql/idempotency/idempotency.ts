import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import stableStringify from 'fast-json-stable-stringify';
import type { Principal } from '../../access/principal.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Conflict, UserError } from '../../errors.js';
import { IdempotencyStore } from './idempotency.store.js';
import { fromJson, toJson } from './response-codec.js';

/** Makes creating mutations safe to repeat: a key that was seen in the last 24 hours answers what it answered then. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: IdempotencyStore,
  ) {}

  /**
   * Runs the work once for a key, in the unit of work that remembers its answer. A failure is not remembered: nothing
   * happened, and the caller may mend the input. Two requests with the same key at the same time: the second waits, and
   * answers what the first did.
   *
   * @param key undefined or null: the work simply runs
   * @param operation name of the mutation; the same key for another one is another request
   * @returns Conflict when the key belongs to a request with another operation or input. What is replayed is plain data:
   *   objects, arrays, strings, numbers, booleans, null and Date.
   */
  async run<T>(
    principal: Principal,
    key: string | null | undefined,
    operation: string,
    input: unknown,
    work: () => Promise<T>,
  ): Promise<T | Conflict> {
    const { organizationId } = principal;
    if (key == null) return this.unitOfWork.run(organizationId, work);
    const requestHash = createHash('sha256')
      .update(stableStringify([operation, input]))
      .digest();
    return this.unitOfWork.run(organizationId, async () => {
      if (await this.store.claim({ organizationId, key, operation, requestHash })) {
        return this.runAndRemember(organizationId, key, work);
      }
      const known = await this.store.recall(organizationId, key);
      if (known.requestHash.equals(requestHash)) return fromJson(known.response) as T;
      return new Conflict('This idempotencyKey was used for another request in the last 24 hours.', ['idempotencyKey']);
    });
  }

  private async runAndRemember<T>(organizationId: string, key: string, work: () => Promise<T>): Promise<T> {
    const answer = await work();
    if (answer instanceof UserError) return answer;
    await this.store.remember(organizationId, key, toJson(answer));
    await this.store.forgetOld(organizationId);
    return answer;
  }
}
