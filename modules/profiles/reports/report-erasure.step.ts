import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasedStatements, ErasureSteps, hasTraceOf } from '../../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../../lrs/index.js';
import { ProfileReportStore } from './profile-report.store.js';

const AT_ONCE = 500;

/** Removes the texts of problems of the person's statements: a message may quote what is wrong. The codes stay. */
@Injectable()
export class ReportErasure implements ErasureStep, OnModuleInit {
  readonly name = 'profile reports';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: ProfileReportStore,
    private readonly statements: ErasedStatements,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const reports = await this.store.messages(person.organizationId);
    return { profileReports: reports.filter(({ text }) => hasTraceOf(person, text)).length };
  }

  /** First those that quote the person, whatever they are about, then those of the person's statements. */
  async erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const { organizationId } = person;
    if (after === undefined) {
      const told = (await this.store.messages(organizationId)).filter(({ text }) => hasTraceOf(person, text));
      const ids = told.map(({ id }) => id);
      return { counts: { profileReports: await this.store.clearMessages(organizationId, { ids }) }, next: '0' };
    }
    const page = await this.statements.page(person, after, AT_ONCE);
    const statementIds = page.map(({ id }) => id);
    const profileReports = await this.store.clearMessages(organizationId, { statementIds });
    return { counts: { profileReports }, next: page.at(-1)?.position };
  }
}
