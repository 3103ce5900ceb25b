import { Injectable } from '@nestjs/common';
import { Keyset } from '../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { Actor } from '../lrs/index.js';
import type { Person, PersonIdentity } from './person.js';

interface IdentityRow {
  readonly actor: Actor;
  readonly key: string;
  readonly implied: boolean;
}

interface PersonRow extends Omit<Person, 'identities'> {
  readonly identities: readonly IdentityRow[];
}

const PERSON = `SELECT p.id, p.created_at AS "createdAt", p.updated_at AS "updatedAt", (
    SELECT coalesce(json_agg(json_build_object('actor', i.identity, 'key', replace(i.agent_key::text, '-', ''),
                                               'implied', i.implied) ORDER BY i.implied, i.agent_key), '[]')
      FROM person_identities i WHERE i.organization_id = p.organization_id AND i.person_id = p.id) AS identities
  FROM persons p`;

/** Persons of the organization of the current unit of work. */
@Injectable()
export class PersonStore {
  constructor(private readonly sql: Sql) {}

  /**
   * Whoever else wants to merge or split persons of the organization waits until the unit of work ends: merges are rare, and
   * two that touch the same people must see one another.
   */
  async lock(organizationId: string): Promise<void> {
    // Two numbers, not one: among locks of one number are those of the clock of statements.
    await this.sql.query(`SELECT pg_advisory_xact_lock(hashtext('persons'), hashtext($1))`, [organizationId]);
  }

  /** One that was merged into another is that other. */
  async find(organizationId: string, id: string): Promise<Person | undefined> {
    const [person] = await this.sql.query<PersonRow>(
      `${PERSON} JOIN persons asked ON asked.organization_id = $1 AND asked.id = $2
        WHERE p.organization_id = $1 AND p.id = coalesce(asked.merged_into, asked.id)`,
      [organizationId, id],
    );
    return person;
  }

  /** Those that have one of the identities, by their keys. */
  withKeys(organizationId: string, keys: readonly string[]): Promise<Person[]> {
    return this.sql.query<PersonRow>(
      `${PERSON} WHERE p.organization_id = $1 AND p.id IN (
         SELECT person_id FROM person_identities WHERE organization_id = $1 AND agent_key = ANY ($2::uuid[]))
        ORDER BY p.id`,
      [organizationId, keys],
    );
  }

  /** The oldest first: ids are made in order. Those that were merged into others are left out. */
  async page(organizationId: string, request: PageRequest): Promise<Page<Person> | ValidationFailed> {
    const keyset = Keyset.of<Person>(request, {
      columns: [{ expression: 'p.id', type: 'uuid', value: ({ id }) => id }],
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<PersonRow>(
      `${PERSON} WHERE p.organization_id = $1 AND p.merged_into IS NULL AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ...keyset.parameters],
    );
    return keyset.page(rows);
  }

  async count(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM persons WHERE organization_id = $1 AND merged_into IS NULL',
      [organizationId],
    );
    return row!.count;
  }

  async add(organizationId: string, id: string): Promise<void> {
    await this.sql.query('INSERT INTO persons (organization_id, id) VALUES ($1, $2)', [organizationId, id]);
  }

  /** Gives the person identities, whomever they belonged to. One that is there stays implied only if it is implied again. */
  async assign(organizationId: string, personId: string, identities: readonly PersonIdentity[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO person_identities AS known (organization_id, agent_key, person_id, identity, implied)
       SELECT $1, key, $2, actor, implied FROM json_to_recordset($3::json) AS row (key uuid, actor json, implied boolean)
       ON CONFLICT (organization_id, agent_key) DO UPDATE
         SET person_id = excluded.person_id, implied = known.implied AND excluded.implied`,
      [organizationId, personId, JSON.stringify(identities)],
    );
    await this.sql.query('UPDATE persons SET updated_at = now() WHERE organization_id = $1 AND id = $2', [
      organizationId,
      personId,
    ]);
  }

  /** They, and what was merged into them before, are that person from now on. They must have no identities. */
  async mergeInto(organizationId: string, ids: readonly string[], personId: string): Promise<void> {
    await this.sql.query(
      `UPDATE persons SET merged_into = $3, updated_at = now()
        WHERE organization_id = $1 AND (id = ANY ($2::uuid[]) OR merged_into = ANY ($2::uuid[]))`,
      [organizationId, ids, personId],
    );
  }

  /** Puts another agent in the place of an identity. @returns whether it was in a person */
  async replaceIdentity(organizationId: string, key: string, by: PersonIdentity): Promise<boolean> {
    const rows = await this.sql.query(
      `UPDATE person_identities SET agent_key = $3, identity = $4::json
        WHERE organization_id = $1 AND agent_key = $2 RETURNING 1`,
      [organizationId, key, by.key, JSON.stringify(by.actor)],
    );
    return rows.length > 0;
  }
}
