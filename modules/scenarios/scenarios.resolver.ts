import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { NotFound } from '../../src/platform/errors.js';
import { UuidPipe } from '../../src/platform/graphql/uuid.pipe.js';
import type { ScenarioReport } from './scenario-report.js';
import { ScenarioReportResult } from './scenarios.graphql.js';
import { ScenariosService } from './scenarios.service.js';

@Resolver()
export class ScenariosResolver {
  constructor(private readonly scenarios: ScenariosService) {}

  @Query(() => ScenarioReportResult, {
    description: 'Plays every way through a scenario of a draft: problems, scores, paths and reading times.',
  })
  scenarioReport(
    @CurrentPrincipal() principal: Principal,
    @Args('lessonId', { type: () => ID, description: 'Id of the scenario lesson.' }, UuidPipe) lessonId: string,
  ): Promise<ScenarioReport | NotFound> {
    return this.scenarios.report(principal, lessonId);
  }
}
