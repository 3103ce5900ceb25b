/** cmi.core.lesson_status (SCORM 1.2 RTE 3.4.4): one word for completion and success together. */
import type { CourseResult } from '../../../session/views.js';

// A better word may replace a worse one, never the other way round. `failed` and `completed` leave each other alone: an LMS with
// a mastery score of its own may have made one of the other.
const RANKS = { browsed: 0, incomplete: 1, completed: 2, failed: 2, passed: 3 } as const;

export type LessonStatus = keyof typeof RANKS;

export const isStatus = (word: string): word is LessonStatus => Object.hasOwn(RANKS, word);

/** Not before the course is complete: LMSs close a course that is passed or failed, and open it for review only. */
export function statusOf({ complete, success }: CourseResult): LessonStatus {
  if (!complete) return 'incomplete';
  if (success === undefined) return 'completed';
  return success ? 'passed' : 'failed';
}

/** The better of two; the first when neither is. */
export const betterStatus = (current: LessonStatus | undefined, next: LessonStatus): LessonStatus =>
  current === undefined || RANKS[next] > RANKS[current] ? next : current;
