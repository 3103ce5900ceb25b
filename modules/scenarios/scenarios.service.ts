import { Injectable } from '@nestjs/common';
import type { Scenario } from '../../exporters/document/index.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { NotFound } from '../../src/platform/errors.js';
import { CourseService, ElementService, listsBelow } from '../courses/index.js';
import { lintScenario } from './lint-scenario.js';
import type { ScenarioReport } from './scenario-report.js';

@Injectable()
export class ScenariosService {
  constructor(
    private readonly courses: CourseService,
    private readonly elements: ElementService,
  ) {}

  /** The linter's report on a scenario lesson of a draft, as the draft is now. */
  async report(principal: Principal, lessonId: string): Promise<ScenarioReport | NotFound> {
    const lesson = await this.elements.find(principal, lessonId);
    if (lesson?.type !== 'lesson' || lesson.kind !== 'scenario') {
      return new NotFound('Scenario lesson', lessonId, ['lessonId']);
    }
    const elements = await this.courses.elementsOf(principal, [lesson.courseId]);
    // Fields and places were validated when they were written, so the tree has the shape of a scenario.
    return lintScenario(listsBelow(lesson, elements, ({ id, content }) => ({ id, ...content })) as unknown as Scenario);
  }
}
