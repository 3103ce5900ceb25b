/** Activities of courses, told by the ids that the player gives them. */
import { courseActivityId } from '../../exporters/index.js';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ACTIVITY = new RegExp(`^${courseActivityId(`(${UUID})`)}(?::element:(${UUID}))?$`);

/** The course, and the element of it, that an activity is; undefined for activities of others. */
export function parseCourseActivity(
  activityId: string,
): { courseId: string; elementId: string | undefined } | undefined {
  const [, courseId, elementId] = ACTIVITY.exec(activityId) ?? [];
  return courseId === undefined ? undefined : { courseId, elementId };
}

/** Whether the activity is the course or what belongs to it. */
export function belongsToCourse(activityId: string, courseId: string): boolean {
  const course = courseActivityId(courseId);
  return activityId === course || activityId.startsWith(`${course}:`);
}
