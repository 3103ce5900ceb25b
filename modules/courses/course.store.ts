import { Injectable } from '@nestjs/common';
import type { CourseContent } from '../../exporters/document/index.js';
import { Keyset, type Page, type PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { CourseRow } from './course.entity.js';
import type { Course, CourseKey } from './course.js';
import { keysetOrder, type CourseFilter, type CourseOrder, type ListedCourse } from './course-list.js';
import { OWN, OWNER } from './organization.sql.js';

const COLUMNS = `id, external_id AS "externalId", slug, title, language, content, revision, tree_revision AS "treeRevision",
  created_at AS "createdAt", updated_at AS "updatedAt", updated_at::text AS "updatedAtText"`;

const FILTERED = `${OWN} AND ($1::text IS NULL OR strpos(lower(title), lower($1)) > 0)
  AND ($2::text IS NULL OR language = $2) AND ($3::text IS NULL OR external_id = $3)`;

const valuesOf = ({ search, language, externalId }: CourseFilter) => [
  search ?? null,
  language ?? null,
  externalId ?? null,
];

type SelectedRow = CourseRow & { updatedAtText: string };

/** Every query on courses. */
@Injectable()
export class CourseStore {
  constructor(private readonly sql: Sql) {}

  find(key: CourseKey): Promise<Course | undefined> {
    return this.select(key);
  }

  /** A course as it is once no one else writes it; it stays locked until the transaction ends. */
  lock(key: CourseKey): Promise<Course | undefined> {
    return this.select(key, 'FOR NO KEY UPDATE');
  }

  async page(request: PageRequest, filter: CourseFilter, order: CourseOrder): Promise<Page<Course> | ValidationFailed> {
    const keyset = Keyset.of<ListedCourse>(request, keysetOrder(order));
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<SelectedRow>(
      `SELECT ${COLUMNS} FROM courses WHERE ${FILTERED} AND ${keyset.where(4)} ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [...valuesOf(filter), ...keyset.parameters],
    );
    return keyset.page(rows.map((row) => ({ ...toCourse(row), updatedAtText: row.updatedAtText })));
  }

  async count(filter: CourseFilter): Promise<number> {
    const rows = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM courses WHERE ${FILTERED}`,
      valuesOf(filter),
    );
    return rows[0]?.count ?? 0;
  }

  /**
   * Notes that a course or something in it changes. The row stays locked until the transaction ends, so the writers of
   * one course follow one another, always in this order: the course first, then its elements.
   *
   * @returns undefined when there is no such course.
   */
  async touch(courseId: string): Promise<Course | undefined> {
    const rows = await this.sql.query<SelectedRow>(
      `UPDATE courses SET tree_revision = tree_revision + 1, updated_at = now() WHERE ${OWN} AND id = $1
       RETURNING ${COLUMNS}`,
      [courseId],
    );
    return rows[0] && toCourse(rows[0]);
  }

  /** The same for the course that an element is in. What was read of the element before may have changed meanwhile. */
  async touchCourseOf(elementId: string): Promise<string | undefined> {
    const rows = await this.sql.query<{ id: string }>(
      `UPDATE courses SET tree_revision = tree_revision + 1, updated_at = now()
        WHERE ${OWN} AND id = (SELECT course_id FROM elements WHERE ${OWN} AND id = $1) RETURNING id`,
      [elementId],
    );
    return rows[0]?.id;
  }

  /** Writes a new course. The caller sees to the uniqueness of slug and external id, and to races by the constraints. */
  async insert(content: CourseContent, externalId: string | undefined): Promise<Course> {
    const { slug, title, language, ...rest } = content;
    return this.one(
      `INSERT INTO courses (organization_id, id, external_id, slug, title, language, content)
       VALUES (${OWNER}, $1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
      [uuidV7(), externalId ?? null, slug, title, language, JSON.stringify(rest)],
    );
  }

  /** Replaces the content of a course. */
  async write(id: string, { slug, title, language, ...rest }: CourseContent): Promise<Course> {
    return this.one(
      `UPDATE courses SET slug = $2, title = $3, language = $4, content = $5, revision = revision + 1,
              tree_revision = tree_revision + 1, updated_at = now()
        WHERE ${OWN} AND id = $1 RETURNING ${COLUMNS}`,
      [id, slug, title, language, JSON.stringify(rest)],
    );
  }

  async delete(id: string): Promise<void> {
    await this.sql.query(`DELETE FROM courses WHERE ${OWN} AND id = $1`, [id]);
  }

  private async select(key: CourseKey, locking = ''): Promise<Course | undefined> {
    const [column, value] =
      'id' in key ? ['id', key.id] : 'slug' in key ? ['slug', key.slug] : ['external_id', key.externalId];
    const rows = await this.sql.query<SelectedRow>(
      `SELECT ${COLUMNS} FROM courses WHERE ${OWN} AND ${column} = $1 ${locking}`,
      [value],
    );
    return rows[0] && toCourse(rows[0]);
  }

  private async one(text: string, parameters: unknown[]): Promise<Course> {
    const [row] = await this.sql.query<SelectedRow>(text, parameters);
    if (row === undefined) throw new Error('A statement that writes one course wrote none.');
    return toCourse(row);
  }
}

function toCourse(row: CourseRow): Course {
  const { id, slug, title, language, revision, treeRevision, createdAt, updatedAt } = row;
  const content = { ...row.content, slug, title, language } as CourseContent;
  return { id, externalId: row.externalId ?? undefined, content, revision, treeRevision, createdAt, updatedAt };
}
