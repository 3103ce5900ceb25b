import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { courseContent, type CourseContent, type CourseImport } from '../../../exporters/document/index.js';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import { UserError, type Conflict, type ValidationFailed } from '../../../src/platform/errors.js';
import { Idempotency } from '../../../src/platform/graphql/idempotency/idempotency.js';
import { CourseChanged } from '../course.errors.js';
import { withFreeNames } from '../course-names.js';
import { isUuid, type Course } from '../course.js';
import { CourseStore } from '../course.store.js';
import { ElementStore } from '../elements/element.store.js';
import { CourseImportStore } from './course-import.store.js';
import { ImportAssetsService, type PreparedAsset } from './import-assets.service.js';
import { planImport } from './import-plan.js';
import { readDocument, type ReadDocument } from './read-document.js';

export interface ImportCourse {
  /** A whole course; see `courseImport` in the course document. */
  readonly document: unknown;
  /** Does everything and then takes it back. */
  readonly dryRun?: boolean | null | undefined;
  readonly expectedTreeRevision?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** What an import did, in elements. */
export interface ImportedCourse {
  /** Undefined after a dry run: what it made is not there. */
  readonly course: Course | undefined;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

/** Takes a dry run back: a unit of work that returns an expected failure rolls back. */
class DryRun extends UserError {
  readonly code = 'DRY_RUN';

  constructor(readonly outcome: ImportedCourse) {
    super('Nothing was written.');
  }
}

/** Imports a whole course from one document: all of it or nothing. */
@Injectable()
export class CourseImportService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly courses: CourseStore,
    private readonly elements: ElementStore,
    private readonly assets: ImportAssetsService,
    private readonly imports: CourseImportStore,
  ) {}

  /** Creates the course that the document describes, or makes the one with its external id the same as the document. */
  async import(
    principal: Principal,
    input: ImportCourse,
  ): Promise<ImportedCourse | ValidationFailed | CourseChanged | Conflict> {
    requireScope(principal, 'author');
    const document = readDocument(input.document);
    if (document instanceof UserError) return document;
    const assets = await this.assets.prepare(principal, document.course.assets, document.elements);
    if (assets instanceof UserError) return assets;
    const { idempotencyKey, ...request } = input;
    const answer = await this.idempotency.run(principal, idempotencyKey, 'importCourse', request, async () => {
      const outcome = await withFreeNames(() => this.write(document, assets, input.expectedTreeRevision));
      return input.dryRun === true && !(outcome instanceof UserError) ? new DryRun(outcome) : outcome;
    });
    return answer instanceof DryRun ? { ...answer.outcome, course: undefined } : answer;
  }

  private async write(
    { course: document, elements: outline }: ReadDocument,
    assets: readonly PreparedAsset[],
    expectedTreeRevision: number | null | undefined,
  ): Promise<ImportedCourse | CourseChanged> {
    const present = await this.lock(document.externalId);
    if (present !== undefined && expectedTreeRevision != null && expectedTreeRevision !== present.treeRevision) {
      return new CourseChanged(present, present.treeRevision, 'expectedTreeRevision');
    }
    const assetIds = await this.assets.record(assets);
    const course = await this.writeCourse(present, document);
    const plan = planImport(course.id, outline, present ? await this.elements.ofCourses([course.id]) : [], assetIds);
    await this.imports.apply(plan);
    const updated = plan.kept.filter(({ changed }) => changed).length;
    return { course, created: plan.created.length, updated, deleted: plan.deletedIds.length };
  }

  /** The course that has the external id, or, as a course source names a course without one, the id. */
  private async lock(externalId: string | undefined): Promise<Course | undefined> {
    if (externalId === undefined) return undefined;
    const course = await this.courses.lock({ externalId });
    return course ?? (isUuid(externalId) ? this.courses.lock({ id: externalId }) : undefined);
  }

  private async writeCourse(present: Course | undefined, document: CourseImport): Promise<Course> {
    const content = contentOf(document);
    if (present === undefined) return this.courses.insert(content, document.externalId);
    if (!isDeepStrictEqual(present.content, content)) return this.courses.write(present.id, content);
    return (await this.courses.touch(present.id)) ?? present;
  }
}

function contentOf(document: CourseImport): CourseContent {
  const fields = Object.entries(document).filter(([name]) => name in courseContent.shape);
  return Object.fromEntries(fields) as unknown as CourseContent;
}
