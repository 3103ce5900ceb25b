export type { CourseVersion, PublishedCourse } from './course-version.js';
export { CourseVersionObject } from './publishing.graphql.js';
export { PublishingModule } from './publishing.module.js';
export { PublishingService } from './publishing.service.js';
