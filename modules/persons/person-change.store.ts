import { Injectable } from '@nestjs/common';
import { Keyset } from '../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { Actor } from '../lrs/index.js';
import type { Doer, PersonChange } from './person.js';

type ChangeRow = Omit<PersonChange, 'reason'> & { readonly reason: string | null };

/** What is kept of a change, and may say who somebody is. */
export interface ChangeTexts {
  readonly id: string;
  readonly identities: readonly Actor[];
  readonly doer: Doer;
  readonly reason: string | null;
}

const COLUMNS = `id, person_id AS "personId", kind, identities, other_ids AS "otherIds", principal AS doer, reason,
  changed_at AS "changedAt"`;

/** Changes of the person, of those that were merged into it, and those by which it came about. */
const OF_PERSON = `organization_id = $1 AND ($2 = ANY (other_ids) OR person_id = $2 OR person_id IN (
  SELECT p.id FROM persons p WHERE p.organization_id = $1 AND p.merged_into = $2))`;

/** The history of persons, in the organization of the current unit of work. */
@Injectable()
export class PersonChangeStore {
  constructor(private readonly sql: Sql) {}

  async add(organizationId: string, change: Omit<PersonChange, 'changedAt'>): Promise<PersonChange> {
    const { id, personId, kind, identities, otherIds, doer, reason } = change;
    const [row] = await this.sql.query<ChangeRow>(
      `INSERT INTO person_changes (organization_id, id, person_id, kind, identities, other_ids, principal, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
      [organizationId, id, personId, kind, JSON.stringify(identities), otherIds, JSON.stringify(doer), reason ?? null],
    );
    return toChange(row!);
  }

  /** The latest first. */
  async page(
    organizationId: string,
    personId: string,
    request: PageRequest,
  ): Promise<Page<PersonChange> | ValidationFailed> {
    const keyset = Keyset.of<PersonChange>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<ChangeRow>(
      `SELECT ${COLUMNS} FROM person_changes WHERE ${OF_PERSON} AND ${keyset.where(3)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, personId, ...keyset.parameters],
    );
    return keyset.page(rows.map(toChange));
  }

  async count(organizationId: string, personId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM person_changes WHERE ${OF_PERSON}`,
      [organizationId, personId],
    );
    return row!.count;
  }

  /** The next ones after an id, of all persons. */
  after(organizationId: string, id: string | undefined, limit: number): Promise<ChangeTexts[]> {
    return this.sql.query<ChangeTexts>(
      `SELECT id, identities, principal AS doer, reason FROM person_changes
        WHERE organization_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [organizationId, id ?? null, limit],
    );
  }

  async rewrite(organizationId: string, { id, identities, doer, reason }: ChangeTexts): Promise<void> {
    await this.sql.query(
      `UPDATE person_changes SET identities = $3, principal = $4, reason = $5 WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, JSON.stringify(identities), JSON.stringify(doer), reason],
    );
  }
}

const toChange = ({ reason, ...row }: ChangeRow): PersonChange => ({ ...row, reason: reason ?? undefined });
