import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { UserError } from '../../src/platform/errors.js';
import { UuidPipe } from '../../src/platform/graphql/uuid.pipe.js';
import { GradeAnswerResult, QuestionResponseInput } from './assessments.graphql.js';
import { AssessmentsService, type GradedAnswer } from './assessments.service.js';

@Resolver()
export class AssessmentsResolver {
  constructor(private readonly assessments: AssessmentsService) {}

  @Query(() => GradeAnswerResult, {
    description: 'Tries a question of a draft: grades an answer exactly as the player does. Nothing is kept.',
  })
  gradeAnswer(
    @CurrentPrincipal() principal: Principal,
    @Args(
      'elementId',
      { type: () => ID, description: 'Id of a question of an assessment, or of a knowledge check.' },
      UuidPipe,
    )
    elementId: string,
    @Args('response', { description: 'The answer.' }) response: QuestionResponseInput,
  ): Promise<GradedAnswer | UserError> {
    return this.assessments.gradeAnswer(principal, elementId, response);
  }
}
