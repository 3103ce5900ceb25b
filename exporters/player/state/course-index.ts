/** A published course with its elements to be found by id. */
import type { CourseDocument } from '../../document/course-document.js';
import type { AssessmentLesson, Block, Lesson, PageLesson, Question, ScenarioLesson } from '../../document/tree.js';

export interface CourseIndex {
  readonly document: CourseDocument;
  /** Every lesson in the order of the course. */
  readonly lessons: readonly Lesson[];
  readonly lesson: (id: string) => Lesson | undefined;
  readonly page: (id: string) => PageLesson | undefined;
  readonly scenario: (id: string) => ScenarioLesson | undefined;
  readonly assessment: (id: string) => AssessmentLesson | undefined;
  readonly block: (id: string) => Block | undefined;
  /** The knowledge check's question; it goes by the id of its block. */
  readonly checkQuestion: (block: string) => Question | undefined;
  /** A question of any assessment. */
  readonly question: (id: string) => Question | undefined;
  /** The lesson that a block or a question is in. */
  readonly lessonOf: (id: string) => Lesson | undefined;
}

export function indexCourse(document: CourseDocument): CourseIndex {
  const lessons = document.sections.flatMap((section) => section.lessons);
  const lessonById = new Map(lessons.map((lesson) => [lesson.id, lesson]));
  const blocks = new Map<string, Block>();
  const questions = new Map<string, Question>();
  const parents = new Map<string, Lesson>();
  for (const lesson of lessons) {
    for (const child of childrenOf(lesson)) parents.set(child.id, lesson);
    if (lesson.kind === 'page') for (const block of lesson.blocks) blocks.set(block.id, block);
    if (lesson.kind === 'assessment') for (const question of lesson.questions) questions.set(question.id, question);
  }
  const ofKind =
    <K extends Lesson['kind']>(kind: K) =>
    (id: string): Extract<Lesson, { kind: K }> | undefined => {
      const lesson = lessonById.get(id);
      return lesson?.kind === kind ? (lesson as Extract<Lesson, { kind: K }>) : undefined;
    };
  return {
    document,
    lessons,
    lesson: (id) => lessonById.get(id),
    page: ofKind('page'),
    scenario: ofKind('scenario'),
    assessment: ofKind('assessment'),
    block: (id) => blocks.get(id),
    checkQuestion(id) {
      const block = blocks.get(id);
      return block?.kind === 'knowledge-check' ? { ...block.question, id } : undefined;
    },
    question: (id) => questions.get(id),
    lessonOf: (id) => parents.get(id),
  };
}

const childrenOf = (lesson: Lesson): readonly { id: string }[] =>
  lesson.kind === 'page' ? lesson.blocks : lesson.kind === 'assessment' ? lesson.questions : lesson.nodes;
