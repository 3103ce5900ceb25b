import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { CourseImport } from '../../../exporters/document/index.js';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { CourseService } from '../course.service.js';
import { courseViews } from '../graphql/course.view.js';
import { ImportCourseInput, ImportCourseResult } from './course-import.graphql.js';
import { CourseImportService } from './course-import.service.js';
import { CourseSourceScalar } from './course-source.scalar.js';
import { CourseSourceService } from './course-source.service.js';

@Resolver()
export class CourseImportResolver {
  constructor(
    private readonly imports: CourseImportService,
    private readonly sources: CourseSourceService,
    private readonly courses: CourseService,
  ) {}

  @Mutation(() => ImportCourseResult, {
    description: 'Imports a whole course from one document: all of it or nothing.',
  })
  async importCourse(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to import, and how.' }) { document, ...input }: ImportCourseInput,
  ): Promise<object | UserError> {
    const answer = await this.imports.import(principal, { ...input, document: document() });
    return mapSuccess(answer, ({ course, ...counts }) => ({
      course: course && courseViews(principal, this.courses)(course),
      ...counts,
    }));
  }

  @Query(() => CourseSourceScalar, {
    nullable: true,
    description:
      'A draft as the document that importCourse takes, to edit elsewhere or to keep; null when there is none.',
  })
  courseSource(
    @CurrentPrincipal() principal: Principal,
    @Args('courseId', { type: () => ID, description: 'Id of the course.' }) courseId: string,
  ): Promise<CourseImport | undefined> {
    return this.sources.read(principal, courseId);
  }
}
