import { Injectable } from '@nestjs/common';
import type { CourseImport } from '../../../exporters/document/index.js';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import { AssetsService } from '../../assets/index.js';
import { isUuid } from '../course.js';
import { CourseService } from '../course.service.js';
import { assetIdsIn, sourceOf } from './course-source.js';

/** Reads a draft back as the document that an import takes. */
@Injectable()
export class CourseSourceService {
  constructor(
    private readonly courses: CourseService,
    private readonly assets: AssetsService,
  ) {}

  async read(principal: Principal, courseId: string): Promise<CourseImport | undefined> {
    requireScope(principal, 'author');
    const draft = await this.courses.draft(principal.organizationId, courseId);
    if (draft === undefined) return undefined;
    const ids = assetIdsIn(draft.elements).filter(isUuid);
    return sourceOf(draft.course, draft.elements, await this.assets.byIds(principal.organizationId, ids));
  }
}
