/** cmi.core.lesson_location: the ids of the lesson and the block, for people who look into an LMS and as a second bookmark. */
import type { CourseLocation } from '../../../state/learner-state.js';

export const locationText = (location: CourseLocation | undefined): string =>
  location === undefined ? '' : [location.lesson, location.block].filter((id) => id !== undefined).join('/');

export function locationIn(text: string): CourseLocation | undefined {
  const [lesson, block] = text.split('/');
  if (lesson === undefined || lesson === '') return undefined;
  return block === undefined ? { lesson } : { lesson, block };
}
