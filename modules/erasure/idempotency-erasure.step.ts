import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureSteps, hasTraceOf } from '../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../lrs/index.js';
import { IdempotencyErasureStore } from './idempotency-erasure.store.js';

const AT_ONCE = 500;

/** Forgets answers of mutations that tell who the person is: they are kept for a day, for requests that are repeated. */
@Injectable()
export class IdempotencyErasure implements ErasureStep, OnModuleInit {
  readonly name = 'idempotency keys';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: IdempotencyErasureStore,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    let idempotencyAnswers = 0;
    for (let after: string | undefined; ;) {
      const page: { key: string; response: string }[] = await this.store.answers(person.organizationId, after, AT_ONCE);
      idempotencyAnswers += page.filter(({ key, response }) => hasTraceOf(person, `${key} ${response}`)).length;
      after = page.at(-1)?.key;
      if (after === undefined) return { idempotencyAnswers };
    }
  }

  async erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const page = await this.store.answers(person.organizationId, after, AT_ONCE);
    const told = page.filter(({ key, response }) => hasTraceOf(person, `${key} ${response}`)).map(({ key }) => key);
    await this.store.forget(person.organizationId, told);
    return { counts: { idempotencyAnswers: told.length }, next: page.at(-1)?.key };
  }
}
