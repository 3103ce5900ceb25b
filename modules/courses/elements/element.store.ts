import { Injectable } from '@nestjs/common';
import { OWN, OWNER } from '../organization.sql.js';
import { Sql } from '../../../src/platform/database/sql.js';
import { kindOf, type Element, type ElementContent, type ElementList, type NewElement } from './element.js';
import type { ElementRow } from './element.entity.js';

const COLUMNS = `id, course_id AS "courseId", parent_id AS "parentId", type, kind, position, external_id AS "externalId",
  content, revision, created_at AS "createdAt", updated_at AS "updatedAt"`;

const SAME_LIST = `${OWN} AND course_id = $1 AND parent_id IS NOT DISTINCT FROM $2 AND type = $3`;

const keysOf = ({ courseId, parentId, type }: ElementList) => [courseId, parentId ?? null, type];

/** Every query on elements but those of an import. */
@Injectable()
export class ElementStore {
  constructor(private readonly sql: Sql) {}

  async find(id: string): Promise<Element | undefined> {
    const rows = await this.sql.query<ElementRow>(`SELECT ${COLUMNS} FROM elements WHERE ${OWN} AND id = $1`, [id]);
    return rows[0] && toElement(rows[0]);
  }

  /** An element that must be there. */
  async get(id: string): Promise<Element> {
    const element = await this.find(id);
    if (element === undefined) throw new Error(`The element ${id} is not there although it was just written.`);
    return element;
  }

  async findByExternalId(courseId: string, externalId: string): Promise<Element | undefined> {
    const rows = await this.sql.query<ElementRow>(
      `SELECT ${COLUMNS} FROM elements WHERE ${OWN} AND course_id = $1 AND external_id = $2`,
      [courseId, externalId],
    );
    return rows[0] && toElement(rows[0]);
  }

  /** All elements of whole courses, in one statement; each list is in its order. */
  async ofCourses(courseIds: readonly string[]): Promise<Element[]> {
    const rows = await this.sql.query<ElementRow>(
      `SELECT ${COLUMNS} FROM elements WHERE ${OWN} AND course_id = ANY($1::uuid[]) ORDER BY position`,
      [courseIds],
    );
    return rows.map(toElement);
  }

  /** The lesson that an element stands in, with everything that stands right below it. */
  async neighbourhoodOf(lessonId: string): Promise<Element[]> {
    const rows = await this.sql.query<ElementRow>(
      `SELECT ${COLUMNS} FROM elements WHERE ${OWN} AND (id = $1 OR parent_id = $1) ORDER BY position`,
      [lessonId],
    );
    return rows.map(toElement);
  }

  /** How many elements a list and its whole course have. */
  async count(list: ElementList): Promise<{ list: number; course: number }> {
    const [counts] = await this.sql.query<{ list: number; course: number }>(
      `SELECT count(*) FILTER (WHERE parent_id IS NOT DISTINCT FROM $2 AND type = $3)::int AS list, count(*)::int AS course
         FROM elements WHERE ${OWN} AND course_id = $1`,
      keysOf(list),
    );
    return counts ?? { list: 0, course: 0 };
  }

  /** Writes new elements, in any order: their parents are checked when the statement ends. */
  async insert(elements: readonly NewElement[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO elements (organization_id, id, course_id, parent_id, type, kind, position, external_id, content)
       SELECT ${OWNER}, * FROM json_to_recordset($1) AS e (
         id uuid, "courseId" uuid, "parentId" uuid, type text, kind text, position int, "externalId" text, content json)`,
      [JSON.stringify(elements.map((element) => ({ ...element, content: storedContent(element.content) })))],
    );
  }

  /** Moves the elements of a list from a position on by some places, to make room or to close a gap. */
  async shift(list: ElementList, from: number, by: number): Promise<void> {
    await this.sql.query(`UPDATE elements SET position = position + $5 WHERE ${SAME_LIST} AND position >= $4`, [
      ...keysOf(list),
      from,
      by,
    ]);
  }

  /** Moves one element inside its list; those between the two positions move up by one. */
  async reorder(element: Element, position: number): Promise<void> {
    await this.sql.query(
      `UPDATE elements
          SET position = CASE WHEN id = $4 THEN $6 ELSE position + sign($5 - $6)::int END,
              revision = CASE WHEN id = $4 THEN revision + 1 ELSE revision END,
              updated_at = CASE WHEN id = $4 THEN now() ELSE updated_at END
        WHERE ${SAME_LIST} AND position BETWEEN least($5::int, $6::int) AND greatest($5::int, $6::int)`,
      [...keysOf(element), element.id, element.position, position],
    );
  }

  /** Puts an element at a place of another list that has been made free. */
  async place(id: string, parentId: string | undefined, position: number): Promise<void> {
    await this.sql.query(
      `UPDATE elements SET parent_id = $2, position = $3, revision = revision + 1, updated_at = now()
        WHERE ${OWN} AND id = $1`,
      [id, parentId ?? null, position],
    );
  }

  async write(id: string, content: ElementContent): Promise<void> {
    await this.sql.query(
      `UPDATE elements SET content = $2, revision = revision + 1, updated_at = now() WHERE ${OWN} AND id = $1`,
      [id, JSON.stringify(storedContent(content))],
    );
  }

  /** Deletes elements with everything below them. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.sql.query(`DELETE FROM elements WHERE ${OWN} AND id = ANY($1::uuid[])`, [ids]);
  }
}

/** Content as it is stored: the kind has a column of its own. */
export function storedContent(content: ElementContent): object {
  const { kind: _, ...stored } = { kind: undefined, ...content };
  return stored;
}

function toElement(row: ElementRow): Element {
  const content = (row.type === 'section'
    ? row.content
    : { kind: row.kind, ...row.content }) as unknown as ElementContent;
  return {
    id: row.id,
    courseId: row.courseId,
    parentId: row.parentId ?? undefined,
    type: row.type,
    kind: kindOf(content),
    position: row.position,
    externalId: row.externalId ?? undefined,
    content,
    revision: row.revision,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
