/** Whether what a course keeps of a learner fits SCORM 1.2, whatever the learner does; known when it is published. */
import type { CourseDocument } from '../../document/course-document.js';
import { varDigitsOf } from './digits.js';
import { keepersOf } from './keepers/keepers.js';
import { FIXED_LENGTH, locationLength, SEPARATOR_LENGTH } from './suspend-data.js';

/** SCORM 1.2 RTE 3.4.4, cmi.suspend_data: CMIString4096. */
export const SUSPEND_DATA_LIMIT = 4096;

export interface SuspendDataBudget {
  /** Characters that the suspend data of the course takes at most. */
  worstCase: number;
  limit: number;
  /** What each element adds to it, the greatest first. */
  byElement: { id: string; characters: number }[];
}

/** @throws Error when an element that keeps something of the learner has no slot. */
export function suspendDataBudget(document: Pick<CourseDocument, 'sections' | 'slots'>): SuspendDataBudget {
  const byElement = keepersOf(document)
    .map(({ id, slot, maxLength }) => ({ id, characters: SEPARATOR_LENGTH + varDigitsOf(slot).length + maxLength }))
    .sort((left, right) => right.characters - left.characters);
  const locations = document.sections
    .flatMap(({ lessons }) => lessons)
    .map((lesson) => locationLength(lesson, document.slots[lesson.id] ?? 0));
  return {
    worstCase:
      FIXED_LENGTH + Math.max(0, ...locations) + byElement.reduce((sum, { characters }) => sum + characters, 0),
    limit: SUSPEND_DATA_LIMIT,
    byElement,
  };
}
