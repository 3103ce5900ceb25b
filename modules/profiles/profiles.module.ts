import { Module } from '@nestjs/common';
import { ErasureStepsModule, StatementsModule } from '../lrs/index.js';
import { ChecksService } from './checks.service.js';
import { PoliciesResolver } from './graphql/policies.resolver.js';
import { ProfilesResolver } from './graphql/profiles.resolver.js';
import { ProfileLibrary } from './library/profile-library.js';
import { ProfileStore } from './library/profile.store.js';
import { ProfilesService } from './library/profiles.service.js';
import { PoliciesService } from './policies/policies.service.js';
import { PolicyCache } from './policies/policy-cache.js';
import { PolicyStore } from './policies/policy.store.js';
import { ProfileCheck } from './profile-check.js';
import { ProfileReportStore } from './reports/profile-report.store.js';
import { ProfileReportsService } from './reports/profile-reports.service.js';
import { ReportErasure } from './reports/report-erasure.step.js';

/** xAPI profiles: which there are, which keys are checked against them, and what was found. */
@Module({
  imports: [ErasureStepsModule, StatementsModule],
  providers: [
    ...[ChecksService, PoliciesResolver, PoliciesService, PolicyCache, PolicyStore, ProfileCheck, ProfileLibrary],
    ...[ProfileReportStore, ProfileReportsService, ProfilesResolver, ProfilesService, ProfileStore, ReportErasure],
  ],
})
export class ProfilesModule {}
