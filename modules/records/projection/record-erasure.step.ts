import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureSteps, keysOf, StatementHistory } from '../../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../../lrs/index.js';
import { joined, projectRegistration } from './project.js';
import { ProjectionStore } from './projection.store.js';
import { sumFor } from './record-sum.js';
import type { RecordSum } from './record-sum.js';
import { RemovedSumStore } from './removed-sum.store.js';

const REGISTRATIONS_AT_ONCE = 20;

/**
 * Makes the records of the person's registrations anew from the rewritten statements, and from what stands in for removed
 * ones, as a rebuild would. Whoever projects
 * statements waits for the cursor: no record of before appears afterwards.
 */
@Injectable()
export class RecordErasure implements ErasureStep, OnModuleInit {
  readonly name = 'learner records';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: ProjectionStore,
    private readonly sums: RemovedSumStore,
    private readonly history: StatementHistory,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    return { learnerRecords: await this.store.countOf(person.organizationId, learnersOf(person)) };
  }

  async erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const { organizationId } = person;
    await this.store.lockCursor(organizationId);
    const learners = learnersOf(person);
    const registrations = await this.store.registrationsOf(organizationId, learners, after, REGISTRATIONS_AT_ONCE);
    let learnerRecords = 0;
    for (const registration of registrations) {
      const before = await this.store.countOf(organizationId, learners, registration);
      const gone = await this.withPseudonyms(person, registration);
      const statements = await this.history.ofRegistration(organizationId, registration);
      await this.store.replace(organizationId, registration, projectRegistration(registration, statements, gone));
      learnerRecords += before - (await this.store.countOf(organizationId, learners, registration));
    }
    return { counts: { learnerRecords }, next: registrations.at(-1) };
  }

  /** Rewrites what stands in for statements of the person that have been removed. @returns all sums of the registration */
  private async withPseudonyms(person: PersonToErase, registration: string): Promise<RecordSum[]> {
    const { organizationId, content } = person;
    const replacements = new Map(keysOf(person).map(({ agent, replacement }) => [agent, replacement]));
    const before = await this.sums.ofRegistrations(organizationId, [registration]);
    const own = before.filter(({ learnerKey }) => replacements.has(learnerKey));
    if (own.length === 0) return before;
    const others = before.filter((sum) => !own.includes(sum));
    const after = joined([...others, ...own.map((sum) => sumFor(replacements.get(sum.learnerKey)!, sum, content))]);
    await this.sums.remove(
      organizationId,
      own.map(({ id }) => id),
    );
    await this.sums.put(organizationId, after);
    return after;
  }
}

const learnersOf = (person: PersonToErase): string[] => keysOf(person).map(({ agent }) => agent);
