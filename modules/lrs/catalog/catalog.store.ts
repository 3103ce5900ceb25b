import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';

/** A name that an agent was seen with. */
export interface AgentName {
  readonly agentKey: string;
  readonly name: string;
}

/** Texts of JSON by the key of what they define; see termKey. */
export type DefinitionTexts = ReadonlyMap<string, string>;

/** What is known of the activities, verbs and agents of the organization of the current unit of work. */
@Injectable()
export class CatalogStore {
  constructor(private readonly sql: Sql) {}

  async definitions(organizationId: string, keys: readonly string[]): Promise<DefinitionTexts> {
    const rows = await this.sql.query<DefinitionRow>(
      `SELECT replace(key::text, '-', '') AS key, definition::text AS text
         FROM definitions WHERE organization_id = $1 AND key = ANY ($2::uuid[])`,
      [organizationId, keys],
    );
    return byKey(rows);
  }

  /**
   * Adds those that are not there, and locks all of them, in the order of their keys: whoever does so at the same time waits,
   * and never in a circle.
   *
   * @returns those that are there now
   */
  async addOrLock(organizationId: string, texts: DefinitionTexts): Promise<DefinitionTexts> {
    const rows = await this.sql.query<DefinitionRow>(
      `INSERT INTO definitions AS known (organization_id, key, definition)
       SELECT $1, key, text::json FROM unnest($2::uuid[], $3::text[]) AS sent (key, text) ORDER BY key
           ON CONFLICT (organization_id, key) DO UPDATE SET definition = known.definition
       RETURNING replace(key::text, '-', '') AS key, definition::text AS text`,
      [organizationId, [...texts.keys()], [...texts.values()]],
    );
    return byKey(rows);
  }

  /** Changes those that are locked. */
  async replace(organizationId: string, texts: DefinitionTexts): Promise<void> {
    await this.sql.query(
      `UPDATE definitions SET definition = sent.text::json
         FROM unnest($2::uuid[], $3::text[]) AS sent (key, text)
        WHERE organization_id = $1 AND definitions.key = sent.key`,
      [organizationId, [...texts.keys()], [...texts.values()]],
    );
  }

  /** Adds those that are new, in the order of their keys; see {@link addOrLock}. */
  async addNames(organizationId: string, names: readonly AgentName[]): Promise<void> {
    const texts = names.map(({ name }) => JSON.stringify(name));
    await this.sql.query(
      `INSERT INTO agent_names (organization_id, agent_key, key, name)
       SELECT $1, agent_key, key, name::json
         FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS sent (agent_key, key, name) ORDER BY agent_key, key
           ON CONFLICT DO NOTHING`,
      [
        organizationId,
        names.map(({ agentKey }) => agentKey),
        texts.map((text) => hash('sha256', text, 'hex').slice(0, 32)),
        texts,
      ],
    );
  }

  /** Of all the agents, in the order in which they were seen first. */
  async agentNames(organizationId: string, agentKeys: readonly string[]): Promise<AgentName[]> {
    const rows = await this.sql.query<AgentName>(
      `SELECT replace(agent_key::text, '-', '') AS "agentKey", name::text AS name FROM agent_names
        WHERE organization_id = $1 AND agent_key = ANY ($2::uuid[]) ORDER BY seen, key`,
      [organizationId, agentKeys],
    );
    return rows.map(({ agentKey, name }) => ({ agentKey, name: JSON.parse(name) as string }));
  }

  /** The names alone. */
  async names(organizationId: string, agentKeys: readonly string[]): Promise<string[]> {
    return (await this.agentNames(organizationId, agentKeys)).map(({ name }) => name);
  }

  /** @returns how many there were */
  async deleteNames(organizationId: string, agentKey: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `WITH deleted AS (DELETE FROM agent_names WHERE organization_id = $1 AND agent_key = $2 RETURNING 1)
       SELECT count(*)::int AS count FROM deleted`,
      [organizationId, agentKey],
    );
    return row!.count;
  }
}

interface DefinitionRow {
  readonly key: string;
  readonly text: string;
}

const byKey = (rows: readonly DefinitionRow[]) => new Map(rows.map(({ key, text }) => [key, text]));
