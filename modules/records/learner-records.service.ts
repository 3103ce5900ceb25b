import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { Answer, LearnerRecord, ScenarioRun } from './learner-record.js';
import { LearnerRecordStore } from './learner-record.store.js';
import type { PartOfRecord, RecordFilter } from './learner-record.store.js';
import { PersonIdentities } from '../persons/index.js';
import type { PersonReference } from '../persons/index.js';
import { RecordProjector } from './projection/record-projector.js';

/** Which records; those of a person are those of all identities. */
export interface WantedRecords extends RecordFilter {
  readonly person?: PersonReference | undefined;
}

/**
 * What learners have done. Records are brought up to date before they are read, so they take into account every statement
 * that was acknowledged before the question was asked.
 */
@Injectable()
export class LearnerRecordsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly projector: RecordProjector,
    private readonly records: LearnerRecordStore,
    private readonly persons: PersonIdentities,
  ) {}

  /** @throws AccessDenied without the scope `records:read` */
  list(
    principal: Principal,
    wanted: WantedRecords,
    page: PageRequest,
  ): Promise<Page<LearnerRecord> | ValidationFailed> {
    return this.read(principal, async () =>
      this.records.page(principal.organizationId, await this.filterOf(principal, wanted), page),
    );
  }

  count(principal: Principal, wanted: WantedRecords): Promise<number> {
    return this.read(principal, async () =>
      this.records.count(principal.organizationId, await this.filterOf(principal, wanted)),
    );
  }

  /** The record of a registration; of several, which only a registration over courses or learners has, the latest. */
  async find(principal: Principal, registration: string): Promise<LearnerRecord | undefined> {
    const page = await this.list(principal, { registration }, { first: 1 });
    return 'items' in page ? page.items[0] : undefined;
  }

  /** Answers of several records at once. */
  answers(organizationId: string, recordIds: readonly string[]): Promise<PartOfRecord<Answer>[]> {
    return this.unitOfWork.read(organizationId, () => this.records.answers(organizationId, recordIds));
  }

  /** Ways through scenarios of several records at once. */
  scenarioRuns(organizationId: string, recordIds: readonly string[]): Promise<PartOfRecord<ScenarioRun>[]> {
    return this.unitOfWork.read(organizationId, () => this.records.scenarioRuns(organizationId, recordIds));
  }

  private async filterOf({ organizationId }: Principal, { person, ...filter }: WantedRecords): Promise<RecordFilter> {
    if (!person) return filter;
    const keys = await this.persons.keysOf(organizationId, [person]);
    const { learnerKeys } = filter;
    return { ...filter, learnerKeys: learnerKeys ? keys.filter((key) => learnerKeys.includes(key)) : keys };
  }

  private async read<T>(principal: Principal, work: () => Promise<T>): Promise<T> {
    requireScope(principal, 'records:read');
    await this.projector.catchUp(principal.organizationId);
    return this.unitOfWork.read(principal.organizationId, work);
  }
}
