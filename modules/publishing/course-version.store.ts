import { Injectable } from '@nestjs/common';
import type { CourseDocument } from '../../exporters/document/index.js';
import { Keyset, type Page, type PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { CourseVersion, PublishedCourse } from './course-version.js';

interface Row {
  id: string;
  course_id: string;
  number: number;
  title: string;
  content_hash: string;
  notes: string | null;
  published_at: Date;
}

const COLUMNS = `id, course_id, number, title, content_hash, notes, published_at`;
const OWN = `organization_id = current_setting('lectern.organization_id')::uuid`;

/** Every query on published versions. */
@Injectable()
export class CourseVersionStore {
  constructor(private readonly sql: Sql) {}

  async byIds(ids: readonly string[]): Promise<CourseVersion[]> {
    const rows = await this.sql.query<Row>(`SELECT ${COLUMNS} FROM course_versions WHERE ${OWN} AND id = ANY($1)`, [
      ids,
    ]);
    return rows.map(toVersion);
  }

  async published(id: string): Promise<PublishedCourse | undefined> {
    const [row] = await this.sql.query<Row & { document: CourseDocument }>(
      `SELECT ${COLUMNS}, document FROM course_versions WHERE ${OWN} AND id = $1`,
      [id],
    );
    return row && { ...toVersion(row), document: row.document };
  }

  /** The version with the highest number. */
  async latest(courseId: string): Promise<CourseVersion | undefined> {
    const [row] = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM course_versions WHERE ${OWN} AND course_id = $1 ORDER BY number DESC LIMIT 1`,
      [courseId],
    );
    return row && toVersion(row);
  }

  /** The slots of the latest version; empty before the first. */
  async latestSlots(courseId: string): Promise<CourseDocument['slots']> {
    const [row] = await this.sql.query<{ slots: CourseDocument['slots'] }>(
      `SELECT document->'slots' AS slots FROM course_versions WHERE ${OWN} AND course_id = $1 ORDER BY number DESC LIMIT 1`,
      [courseId],
    );
    return row?.slots ?? {};
  }

  async page(courseId: string, request: PageRequest): Promise<Page<CourseVersion> | ValidationFailed> {
    const keyset = Keyset.of<CourseVersion>(request, {
      columns: [{ expression: 'number', type: 'bigint', value: ({ number }) => number }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM course_versions WHERE ${OWN} AND course_id = $1 AND ${keyset.where(2)}
       ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [courseId, ...keyset.parameters],
    );
    return keyset.page(rows.map(toVersion));
  }

  async count(courseId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: string }>(
      `SELECT count(*) FROM course_versions WHERE ${OWN} AND course_id = $1`,
      [courseId],
    );
    return Number(row?.count ?? 0);
  }

  async insert(version: { id: string; notes: string | undefined; document: CourseDocument }): Promise<CourseVersion> {
    const { id, notes, document } = version;
    const [row] = await this.sql.query<Row>(
      `INSERT INTO course_versions (organization_id, id, course_id, number, title, content_hash, notes, document)
       VALUES (current_setting('lectern.organization_id')::uuid, $1, $2, $3, $4, $5, $6, $7)
       RETURNING ${COLUMNS}`,
      [
        id,
        document.id,
        document.version,
        document.title,
        document.contentHash,
        notes ?? null,
        JSON.stringify(document),
      ],
    );
    if (row === undefined) throw new Error('INSERT ... RETURNING gave no row');
    return toVersion(row);
  }

  /** Publications of one course come one after another; the lock ends with the transaction. */
  async lockCourse(courseId: string): Promise<void> {
    await this.sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('publish:' || $1, 0))`, [courseId]);
  }
}

const toVersion = (row: Row): CourseVersion => ({
  id: row.id,
  courseId: row.course_id,
  number: row.number,
  title: row.title,
  contentHash: row.content_hash,
  notes: row.notes ?? undefined,
  publishedAt: row.published_at,
});
