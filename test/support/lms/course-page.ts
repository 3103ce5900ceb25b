/** A course page without screens: what the player does for an LMS, and nothing else. */
import type { CourseDocument } from '../../../exporters/document/index.js';
import { launchCourse, type CourseLaunch } from '../../../exporters/player/browser/lifecycle.js';
import type { LaunchSettings } from '../../../exporters/player/launch-settings.js';

declare global {
  interface Window {
    course: CourseLaunch;
    courseDocument: CourseDocument;
    launchSettings: LaunchSettings;
  }
}

window.course = launchCourse(window.courseDocument, window.launchSettings);
