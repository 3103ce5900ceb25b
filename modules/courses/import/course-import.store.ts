import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { ElementStore, storedContent } from '../elements/element.store.js';
import { OWN } from '../organization.sql.js';
import type { ImportPlan, KeptElement } from './import-plan.js';

/** Carries an import out, in one statement for each of its parts. */
@Injectable()
export class CourseImportStore {
  constructor(
    private readonly sql: Sql,
    private readonly elements: ElementStore,
  ) {}

  async apply({ created, kept, deletedIds }: ImportPlan): Promise<void> {
    if (kept.length === 0 && deletedIds.length === 0) return this.elements.insert(created);
    // Places and external ids pass from one element to another; what counts is how they are in the end.
    await this.sql.query('SET CONSTRAINTS elements_place_key, elements_external_id_key DEFERRED');
    if (created.length > 0) await this.elements.insert(created);
    // Before deleting: what has moved out of a deleted element must not go with it.
    if (kept.length > 0) await this.update(kept);
    if (deletedIds.length > 0) await this.elements.delete(deletedIds);
    await this.sql.query('SET CONSTRAINTS elements_place_key, elements_external_id_key IMMEDIATE');
  }

  private async update(kept: readonly KeptElement[]): Promise<void> {
    await this.sql.query(
      `UPDATE elements AS e
          SET parent_id = k."parentId", position = k.position, content = k.content,
              revision = CASE WHEN k.changed THEN e.revision + 1 ELSE e.revision END,
              updated_at = CASE WHEN k.changed THEN now() ELSE e.updated_at END
         FROM json_to_recordset($1) AS k (id uuid, "parentId" uuid, position int, content json, changed bool)
        WHERE ${OWN} AND e.id = k.id`,
      [JSON.stringify(kept.map((element) => ({ ...element, content: storedContent(element.content) })))],
    );
  }
}
