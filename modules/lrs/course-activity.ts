/** Ids of the activities that our courses are made of; they do not change with the service's address. */

const COURSE = 'urn:lectern:course:';
const ACTIVITY = /^urn:lectern:course:([0-9a-f-]{36})(?::element:([0-9a-f-]{36}))?$/;

/** The id of a course as an activity. */
export const courseActivityId = (courseId: string): string => `${COURSE}${courseId}`;

/** The course, and the element of it, that an activity is; undefined for activities of others. */
export function parseCourseActivity(
  activityId: string,
): { courseId: string; elementId: string | undefined } | undefined {
  const [, courseId, elementId] = ACTIVITY.exec(activityId) ?? [];
  return courseId === undefined ? undefined : { courseId, elementId };
}
