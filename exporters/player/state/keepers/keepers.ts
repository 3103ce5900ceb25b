/** Every element of a course that keeps something of the learner, a lesson before what is in it. */
import type { CourseDocument } from '../../../document/course-document.js';
import type { Block, Lesson } from '../../../document/tree.js';
import { assessmentKeeper } from './assessment-keeper.js';
import { checklistKeeper } from './checklist-keeper.js';
import type { Keeper } from './keeper.js';
import { pageKeeper } from './page-keeper.js';
import { checkKeeper, questionKeeper } from './question-keeper.js';
import { scenarioKeeper } from './scenario-keeper.js';

type MakeKeeper = (slot: number) => Keeper;

function blockKeeper(block: Block): [string, MakeKeeper][] {
  if (block.kind === 'checklist') return [[block.id, (slot) => checklistKeeper(block, slot)]];
  if (block.kind !== 'knowledge-check') return [];
  return [[block.id, (slot) => checkKeeper({ ...block.question, id: block.id }, slot)]];
}

function lessonKeepers(lesson: Lesson): [string, MakeKeeper][] {
  switch (lesson.kind) {
    case 'page':
      return [[lesson.id, (slot) => pageKeeper(lesson, slot)], ...lesson.blocks.flatMap(blockKeeper)];
    case 'scenario':
      return [[lesson.id, (slot) => scenarioKeeper(lesson, slot)]];
    case 'assessment':
      return [
        [lesson.id, (slot) => assessmentKeeper(lesson, slot)],
        ...lesson.questions.map((question): [string, MakeKeeper] => [
          question.id,
          (slot) => questionKeeper(question, slot, lesson.id),
        ]),
      ];
  }
}

/** The elements whose state suspend data keeps: publishing gives each a slot. */
export const idsWithState = (document: Pick<CourseDocument, 'sections'>): string[] =>
  document.sections.flatMap(({ lessons }) => lessons.flatMap(lessonKeepers)).map(([id]) => id);

/** @throws Error when an element of the document has no slot. */
export const keepersOf = ({ sections, slots }: Pick<CourseDocument, 'sections' | 'slots'>): Keeper[] =>
  sections
    .flatMap(({ lessons }) => lessons.flatMap(lessonKeepers))
    .map(([id, make]) => {
      const slot = slots[id];
      if (slot === undefined) throw new Error(`the course document has no slot for element ${id}`);
      return make(slot);
    });
