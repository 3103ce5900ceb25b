import type { KeysetOrder } from '../../src/platform/database/keyset.js';
import type { Course } from './course.js';

/** Which courses a list shows; they must fit every part that is given. */
export interface CourseFilter {
  /** Part of the title, in any case. */
  readonly search?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly externalId?: string | null | undefined;
}

export const COURSE_ORDERS = ['NEWEST', 'OLDEST', 'TITLE', 'RECENTLY_CHANGED'] as const;
export type CourseOrder = (typeof COURSE_ORDERS)[number];

/** A course with the time of its last change in PostgreSQL's microseconds, which a Date cannot hold. */
export interface ListedCourse extends Course {
  readonly updatedAtText: string;
}

// Ids are made in the order of time (UUID version 7), so they order by creation alone.
const id = { expression: 'id', type: 'uuid', value: (course: Course) => course.id } as const;
const title = { expression: 'title', type: 'text', value: (course: Course) => course.content.title } as const;
const updatedAt = {
  expression: 'updated_at',
  type: 'timestamptz',
  value: (course: ListedCourse) => course.updatedAtText,
} as const;

const orders: Record<CourseOrder, KeysetOrder<ListedCourse>> = {
  NEWEST: { columns: [id], descending: true },
  OLDEST: { columns: [id] },
  TITLE: { columns: [title, id] },
  RECENTLY_CHANGED: { columns: [updatedAt, id], descending: true },
};

export const keysetOrder = (order: CourseOrder): KeysetOrder<ListedCourse> => orders[order];
