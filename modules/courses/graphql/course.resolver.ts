import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { refusal, type CourseChanged } from '../course.errors.js';
import type { CourseKey } from '../course.js';
import { CourseService } from '../course.service.js';
import {
  CopyCourseInput,
  CopyCourseResult,
  CourseConflictError,
  CourseConnection,
  CourseKeyArgs,
  CourseObject,
  CoursesArgs,
  CreateCourseInput,
  CreateCourseResult,
  DeleteCourseInput,
  DeleteCourseResult,
  UpdateCourseInput,
  UpdateCourseResult,
} from './course.graphql.js';
import { courseViews, type CourseView } from './course.view.js';

@Resolver(() => CourseConflictError)
export class CourseResolver {
  constructor(private readonly courses: CourseService) {}

  @Query(() => CourseObject, {
    nullable: true,
    description: 'One draft, by exactly one of its names; null when there is none.',
  })
  async course(
    @CurrentPrincipal() principal: Principal,
    @Args() names: CourseKeyArgs,
  ): Promise<CourseView | undefined> {
    const course = await this.courses.find(principal, succeeded(keyOf(names)));
    return course && courseViews(principal, this.courses)(course);
  }

  @Query(() => CourseConnection, { name: 'courses', description: 'The drafts of the organization.' })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Args() { orderBy, search, language, externalId, ...page }: CoursesArgs,
  ): Promise<Connection<CourseView>> {
    const filter = { search, language, externalId };
    const found = succeeded(await this.courses.page(principal, page, filter, orderBy));
    const shown = { ...found, items: found.items.map(courseViews(principal, this.courses)) };
    return toConnection(shown, () => this.courses.count(principal, filter));
  }

  @Mutation(() => CreateCourseResult, { description: 'Creates a course.' })
  async createCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The course.' }) input: CreateCourseInput,
  ): Promise<{ course: CourseView; created: boolean } | UserError> {
    return mapSuccess(await this.courses.create(principal, input), ({ course, created }) => ({
      course: courseViews(principal, this.courses)(course),
      created,
    }));
  }

  @Mutation(() => UpdateCourseResult, { description: 'Replaces what stands in a course itself.' })
  async updateCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to change.' }) input: UpdateCourseInput,
  ): Promise<{ course: CourseView } | UserError> {
    return mapSuccess(await this.courses.update(principal, input), (course) => ({
      course: courseViews(principal, this.courses)(course),
    }));
  }

  @Mutation(() => CopyCourseResult, { description: 'Copies a course with everything in it under another slug.' })
  async copyCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to copy.' }) input: CopyCourseInput,
  ): Promise<{ course: CourseView } | UserError> {
    return mapSuccess(await this.courses.copy(principal, input), (course) => ({
      course: courseViews(principal, this.courses)(course),
    }));
  }

  @Mutation(() => DeleteCourseResult, {
    description: 'Deletes a draft with everything in it. Its published versions stay.',
  })
  deleteCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to delete.' }) input: DeleteCourseInput,
  ): Promise<{ deletedId: string } | UserError> {
    return this.courses.delete(principal, input);
  }

  @ResolveField('current', () => CourseObject, { description: 'The course as it is now.' })
  currentCourse(@CurrentPrincipal() principal: Principal, @Parent() { course }: CourseChanged): CourseView {
    return courseViews(principal, this.courses)(course);
  }
}

/** The one name that was given. */
function keyOf({ id, externalId, slug }: CourseKeyArgs): CourseKey | UserError {
  const names = Object.entries({ id, externalId, slug }).filter(([, value]) => value != null);
  return names.length === 1 && names[0] !== undefined
    ? (Object.fromEntries(names) as CourseKey)
    : refusal('ONE_NAME', 'Give exactly one of id, externalId and slug.', []);
}
