import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { ProfileReport, ReportCount, ReportFilter } from './profile-report.js';
import { ProfileReportStore } from './profile-report.store.js';

const MAXIMUM_COUNTS = 500;

/** What was found wrong with statements that were stored. All of it needs the scope `admin`. */
@Injectable()
export class ProfileReportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: ProfileReportStore,
  ) {}

  /** The newest first. */
  page(
    principal: Principal,
    filter: ReportFilter,
    request: PageRequest,
  ): Promise<Page<ProfileReport> | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.reports.page(organizationId, filter, request));
  }

  count(principal: Principal, filter: ReportFilter): Promise<number> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.reports.count(organizationId, filter));
  }

  /** How often each problem was reported, the most frequent first; at most 500 of them. */
  counts(principal: Principal, filter: ReportFilter): Promise<ReportCount[]> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.reports.counts(organizationId, filter, MAXIMUM_COUNTS));
  }
}
