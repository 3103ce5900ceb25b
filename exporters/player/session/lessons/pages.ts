/** Actions in pages: where the learner is, what is read, what is ticked. */
import type { CourseIndex } from '../../state/course-index.js';
import type { LearnerState } from '../../state/learner-state.js';
import type { Scene, Transition } from '../transition.js';

export function openLesson({ index, state }: Scene, id: string): Transition | undefined {
  if (index.lesson(id) === undefined) return undefined;
  // The block stays when the lesson is the one that the learner was in: so a resumed page opens where it was left.
  const location = state.location?.lesson === id ? state.location : { lesson: id };
  return { state: { ...state, location }, events: [{ kind: 'lessonOpened', lesson: id }] };
}

export function moveTo({ index, state, timing }: Scene, block: string): Transition | undefined {
  const lesson = index.lessonOf(block);
  if (index.block(block) === undefined || lesson === undefined || lesson.id !== state.location?.lesson)
    return undefined;
  timing.begin(block);
  if (state.location.block === block) return undefined;
  const location = { lesson: lesson.id, block };
  return { state: { ...state, location }, events: [{ kind: 'moved', location }] };
}

/** The lesson is complete; in the order of the course, as suspend data gives them back. */
export const withCompleted = (index: CourseIndex, state: LearnerState, lesson: string): LearnerState => ({
  ...state,
  completed: index.lessons.map(({ id }) => id).filter((id) => id === lesson || state.completed.includes(id)),
});

export function completeLesson({ index, state }: Scene, id: string): Transition | undefined {
  if (index.page(id) === undefined || state.completed.includes(id)) return undefined;
  return { state: withCompleted(index, state, id), events: [] };
}

export function tick({ index, state }: Scene, id: string, item: string, on: boolean): Transition | undefined {
  const block = index.block(id);
  if (block?.kind !== 'checklist') return undefined;
  const before = state.ticked[id] ?? [];
  if (!block.items.some((candidate) => candidate.id === item) || before.includes(item) === on) return undefined;
  // In the order of the list, as suspend data gives them back.
  const ticked = block.items
    .map((candidate) => candidate.id)
    .filter((each) => (each === item ? on : before.includes(each)));
  return {
    state: { ...state, ticked: { ...state.ticked, [id]: ticked } },
    events: [{ kind: 'ticked', block: id, item, on }],
  };
}
