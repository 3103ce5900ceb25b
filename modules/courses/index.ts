export type { Course, CourseKey } from './course.js';
export { CourseService, type Draft } from './course.service.js';
export { CoursesModule } from './courses.module.js';
export type { Element, ElementType } from './elements/element.js';
export { ElementService } from './elements/element.service.js';
export { listsBelow, sectionsOf } from './elements/tree.js';
export { CourseImportService, type ImportCourse, type ImportedCourse } from './import/course-import.service.js';
