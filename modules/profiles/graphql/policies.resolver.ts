import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import type { KeyPolicy } from '../policies/key-policy.js';
import { PoliciesService } from '../policies/policies.service.js';
import type { ProfileReport, ReportCount } from '../reports/profile-report.js';
import { ProfileReportsService } from '../reports/profile-reports.service.js';
import { ProfilePolicyConnection, SetProfilePolicyInput, SetProfilePolicyResult } from './policy.graphql.js';
import {
  ProfileReportConnection,
  ProfileReportCountObject,
  ProfileReportFilterInput,
  ProfileReportsArgs,
} from './report.graphql.js';

@Resolver()
export class PoliciesResolver {
  constructor(
    private readonly policies: PoliciesService,
    private readonly reports: ProfileReportsService,
  ) {}

  @Query(() => ProfilePolicyConnection, {
    description: 'Keys whose statements are checked against profiles. Scope: ADMIN.',
  })
  async profilePolicies(
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<KeyPolicy>> {
    return toConnection(succeeded(await this.policies.page(principal, page)), () => this.policies.count(principal));
  }

  @Query(() => ProfileReportConnection, {
    description:
      'Problems of statements that were stored nevertheless, the newest first; 20,000 are kept. Scope: ADMIN.',
  })
  async profileReports(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter, ...page }: ProfileReportsArgs,
  ): Promise<Connection<ProfileReport>> {
    const reports = succeeded(await this.reports.page(principal, filter ?? {}, page));
    return toConnection(reports, () => this.reports.count(principal, filter ?? {}));
  }

  @Query(() => [ProfileReportCountObject], {
    description: 'How often each problem was reported, the most frequent first; at most 500 problems. Scope: ADMIN.',
  })
  profileReportCounts(
    @CurrentPrincipal() principal: Principal,
    @Args('filter', { nullable: true, description: 'Which; by default all.' }) filter?: ProfileReportFilterInput,
  ): Promise<ReportCount[]> {
    return this.reports.counts(principal, filter ?? {});
  }

  @Mutation(() => SetProfilePolicyResult, {
    description: 'Sets against which xAPI profiles the statements of a key are checked. Scope: ADMIN.',
  })
  async setProfilePolicy(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The policy.' }) input: SetProfilePolicyInput,
  ): Promise<{ policy: KeyPolicy | null } | UserError> {
    return mapSuccess(await this.policies.set(principal, input), (policy) => ({ policy }));
  }
}
