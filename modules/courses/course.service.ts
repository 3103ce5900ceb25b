import { Injectable } from '@nestjs/common';
import { courseContent, type CourseContent } from '../../exporters/document/index.js';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { NotFound, UserError, type Conflict, type ValidationFailed } from '../../src/platform/errors.js';
import { Idempotency } from '../../src/platform/graphql/idempotency/idempotency.js';
import type { CourseFilter, CourseOrder } from './course-list.js';
import { CourseChanged } from './course.errors.js';
import { isUuid, type Course, type CourseKey } from './course.js';
import { CourseStore } from './course.store.js';
import { withFreeNames } from './course-names.js';
import { parse } from './elements/content.js';
import { copyOf } from './elements/copy.js';
import type { Element } from './elements/element.js';
import { ElementStore } from './elements/element.store.js';

export interface CreateCourse {
  readonly content: unknown;
  readonly externalId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateCourse {
  readonly id: string;
  readonly expectedRevision: number;
  readonly content: unknown;
}

export interface CopyCourse {
  readonly id: string;
  readonly slug: string;
  readonly title?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A course that was written, and whether it is new. */
export interface WrittenCourse {
  readonly course: Course;
  readonly created: boolean;
}

/** A course with all its elements, read in one transaction. */
export interface Draft {
  readonly course: Course;
  /** Each list in its order; the lists themselves in none. */
  readonly elements: readonly Element[];
}

/** Drafts of courses: reading them with their trees, creating, changing, copying and deleting them. */
@Injectable()
export class CourseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly courses: CourseStore,
    private readonly elements: ElementStore,
  ) {}

  async find(principal: Principal, key: CourseKey): Promise<Course | undefined> {
    requireScope(principal, 'author');
    if ('id' in key && !isUuid(key.id)) return undefined;
    return this.unitOfWork.read(principal.organizationId, () => this.courses.find(key));
  }

  async page(
    principal: Principal,
    request: PageRequest,
    filter: CourseFilter,
    order: CourseOrder,
  ): Promise<Page<Course> | ValidationFailed> {
    requireScope(principal, 'author');
    return this.unitOfWork.read(principal.organizationId, () => this.courses.page(request, filter, order));
  }

  async count(principal: Principal, filter: CourseFilter): Promise<number> {
    requireScope(principal, 'author');
    return this.unitOfWork.read(principal.organizationId, () => this.courses.count(filter));
  }

  /** The elements of whole courses, in one statement; each list is in its order. */
  async elementsOf(principal: Principal, courseIds: readonly string[]): Promise<Element[]> {
    requireScope(principal, 'author');
    return this.unitOfWork.read(principal.organizationId, () => this.elements.ofCourses(courseIds));
  }

  /** A course with everything in it. To be called by use cases that have checked the caller's scope. */
  async draft(organizationId: string, courseId: string): Promise<Draft | undefined> {
    if (!isUuid(courseId)) return undefined;
    return this.unitOfWork.read(organizationId, async () => {
      const course = await this.courses.find({ id: courseId });
      return course && { course, elements: await this.elements.ofCourses([courseId]) };
    });
  }

  /** Creates a course. The one that has the external id gets the content instead. */
  async create(principal: Principal, input: CreateCourse): Promise<WrittenCourse | ValidationFailed | Conflict> {
    requireScope(principal, 'author');
    const content = parse(courseContent, input.content);
    if (content instanceof UserError) return content;
    const { idempotencyKey, ...request } = input;
    return this.idempotency.run(principal, idempotencyKey, 'createCourse', request, () =>
      withFreeNames(() => this.createOrOverwrite(content, input.externalId ?? undefined)),
    );
  }

  /** Replaces the content of a course. */
  async update(
    principal: Principal,
    { id, expectedRevision, content: input }: UpdateCourse,
  ): Promise<Course | NotFound | ValidationFailed | CourseChanged | Conflict> {
    requireScope(principal, 'author');
    const content = parse(courseContent, input);
    if (content instanceof UserError) return content;
    return this.unitOfWork.run(principal.organizationId, async () => {
      const course = await this.lock(id, expectedRevision);
      return course instanceof UserError ? course : withFreeNames(() => this.courses.write(course.id, content));
    });
  }

  /** Deletes a course with everything in it. Its published versions stay. */
  async delete(
    principal: Principal,
    { id, expectedRevision }: { id: string; expectedRevision: number },
  ): Promise<{ deletedId: string } | NotFound | CourseChanged> {
    requireScope(principal, 'author');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const course = await this.lock(id, expectedRevision);
      if (course instanceof UserError) return course;
      await this.courses.delete(id);
      return { deletedId: id };
    });
  }

  /** Copies a course with everything in it under another slug. External ids of the elements stay with the original. */
  async copy(principal: Principal, input: CopyCourse): Promise<Course | NotFound | ValidationFailed | Conflict> {
    requireScope(principal, 'author');
    const { idempotencyKey, ...request } = input;
    return this.idempotency.run(principal, idempotencyKey, 'copyCourse', request, async () => {
      const draft = await this.draft(principal.organizationId, input.id);
      if (draft === undefined) return new NotFound('Course', input.id, ['id']);
      const { title } = draft.course.content;
      const content = parse(
        courseContent,
        { ...draft.course.content, slug: input.slug, title: input.title ?? title },
        [],
      );
      return content instanceof UserError ? content : withFreeNames(() => this.insertCopy(draft, content, input));
    });
  }

  private async insertCopy({ elements }: Draft, content: CourseContent, { externalId }: CopyCourse): Promise<Course> {
    const course = await this.courses.insert(content, externalId ?? undefined);
    await this.elements.insert(copyOf(elements, course.id));
    return course;
  }

  private async createOrOverwrite(content: CourseContent, externalId: string | undefined): Promise<WrittenCourse> {
    const twin = externalId === undefined ? undefined : await this.courses.lock({ externalId });
    if (twin === undefined) return { course: await this.courses.insert(content, externalId), created: true };
    return { course: await this.courses.write(twin.id, content), created: false };
  }

  private async lock(id: string, expectedRevision: number): Promise<Course | NotFound | CourseChanged> {
    const course = isUuid(id) ? await this.courses.lock({ id }) : undefined;
    if (course === undefined) return new NotFound('Course', id, ['id']);
    return course.revision === expectedRevision ? course : new CourseChanged(course);
  }
}
