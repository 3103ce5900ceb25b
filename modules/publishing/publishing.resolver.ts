import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { NotFound, type UserError } from '../../src/platform/errors.js';
import { toConnection, type Connection } from '../../src/platform/graphql/connection.js';
import { succeeded } from '../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../src/platform/graphql/uuid.pipe.js';
import type { CourseVersion } from './course-version.js';
import {
  CompareVersionsResult,
  type CompareVersionsSuccess,
  type CourseValidation,
  CourseVersionConnection,
  CourseVersionObject,
  CourseVersionsArgs,
  PublishCourseInput,
  PublishCourseResult,
  ValidateCourseResult,
} from './publishing.graphql.js';
import { PublishingService, type Publication } from './publishing.service.js';

@Resolver(() => CourseVersionObject)
export class PublishingResolver {
  constructor(private readonly publishing: PublishingService) {}

  @Query(() => ValidateCourseResult, {
    description: 'Lists everything that stands against publishing a draft, with where it is and how to mend it.',
  })
  async validateCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('courseId', { type: () => ID, description: 'Id of the course.' }, UuidPipe) courseId: string,
  ): Promise<CourseValidation | UserError> {
    return mapSuccess(await this.publishing.validate(principal, courseId), (problems) => ({
      publishable: problems.every(({ severity }) => severity === 'WARNING'),
      problems: problems as CourseValidation['problems'],
    }));
  }

  @Query(() => CourseVersionConnection, { description: 'The versions of a course, the latest first.' })
  async courseVersions(
    @CurrentPrincipal() principal: Principal,
    @Args() { courseId, ...page }: CourseVersionsArgs,
  ): Promise<Connection<CourseVersion>> {
    return toConnection(succeeded(await this.publishing.list(principal, courseId, page)), () =>
      this.publishing.count(principal, courseId),
    );
  }

  @Query(() => CourseVersionObject, {
    nullable: true,
    description: 'One version; null when there is none with this id.',
  })
  async courseVersion(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the version.' }, UuidPipe) id: string,
  ): Promise<CourseVersion | null> {
    const version = await this.publishing.version(principal, id);
    return version instanceof NotFound ? null : version;
  }

  @Query(() => CompareVersionsResult, {
    description: 'What differs from one version of a course to another, or to the draft.',
  })
  async compareVersions(
    @CurrentPrincipal() principal: Principal,
    @Args('fromVersionId', { type: () => ID, description: 'The older version.' }, UuidPipe) fromId: string,
    @Args(
      'toVersionId',
      { type: () => ID, nullable: true, description: 'The newer version; the draft as it is when left out.' },
      UuidPipe,
    )
    toId: string | undefined,
  ): Promise<CompareVersionsSuccess | UserError> {
    const changes = await this.publishing.compare(principal, fromId, toId ?? undefined);
    return mapSuccess(changes, (list) => ({ changes: list as CompareVersionsSuccess['changes'] }));
  }

  @Mutation(() => PublishCourseResult, {
    description: 'Freezes the draft of a course into its next version. Refused while validateCourse lists an error.',
  })
  publishCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to publish.' }) input: PublishCourseInput,
  ): Promise<Publication | UserError> {
    return this.publishing.publish(principal, input);
  }

  @ResolveField(() => String, { description: 'Path of the course document (JSON) on this service.' })
  documentUrl(@Parent() version: CourseVersion): string {
    return `/versions/${version.id}/document.json`;
  }
}
