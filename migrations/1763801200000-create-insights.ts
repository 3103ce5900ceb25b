import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts: what statements say, one narrow row each, in numbers. All of it can be made again from statements.
 *
 * Row-level security lets only leakproof operators reach an index, and those of arrays, text search and trigrams are not:
 * so everything is found by equal numbers and texts in B-trees. Where a number repeats, PostgreSQL keeps its rows in one
 * entry of the index, at 6 bytes or so each: this is why the position is not part of those indexes.
 */
export class CreateInsights1763801200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createTerms(runner);
    await this.createFacts(runner);
    for (const table of TABLES) await this.secure(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${TABLES.join(', ')}`);
  }

  private async createTerms(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Up to which statement the facts go, and the last id of a term that was given away.
      CREATE TABLE fact_cursors (
        organization_id uuid NOT NULL,
        position bigint NOT NULL,
        last_term integer NOT NULL,
        CONSTRAINT fact_cursors_pkey PRIMARY KEY (organization_id)
      );

      -- Whatever statements name: agents, verbs, activities, types, registrations, responses, contexts. Each has a number.
      CREATE TABLE fact_terms (
        organization_id uuid NOT NULL,
        id integer NOT NULL,
        key uuid NOT NULL,
        -- The IRI, the identifier of an agent as JSON, the registration, the response; null for what is never shown.
        value text,
        -- By language; the name of an agent is in "und".
        names json,
        descriptions json,
        -- The term that is the type of an activity.
        type integer,
        CONSTRAINT fact_terms_pkey PRIMARY KEY (organization_id, id)
      );
      CREATE UNIQUE INDEX fact_terms_key ON fact_terms (organization_id, key);

      -- The words by which terms are found.
      CREATE TABLE fact_words (
        organization_id uuid NOT NULL,
        word text COLLATE "C" NOT NULL,
        term integer NOT NULL,
        CONSTRAINT fact_words_pkey PRIMARY KEY (organization_id, word, term)
      );
      CREATE INDEX fact_words_term ON fact_words (organization_id, term);

      -- What the contexts of statements consist of. Statements of a lesson have the same one, so it is kept once.
      CREATE TABLE fact_contexts (
        organization_id uuid NOT NULL,
        context integer NOT NULL,
        role smallint NOT NULL,
        term integer NOT NULL,
        CONSTRAINT fact_contexts_pkey PRIMARY KEY (organization_id, context, role, term)
      );
      CREATE INDEX fact_contexts_term ON fact_contexts (organization_id, term, role, context)`);
  }

  private async createFacts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE statement_facts (
        organization_id uuid NOT NULL,
        -- That of the statement.
        position bigint NOT NULL,
        happened_at timestamptz NOT NULL,
        scaled double precision,
        raw double precision,
        duration_ms bigint,
        actor integer,
        verb integer NOT NULL,
        activity integer,
        activity_type integer,
        registration integer,
        response integer,
        context integer,
        success boolean,
        completion boolean,
        voided boolean NOT NULL,
        CONSTRAINT statement_facts_pkey PRIMARY KEY (organization_id, position)
      );
      CREATE INDEX statement_facts_time ON statement_facts (organization_id, happened_at)`);
    for (const column of FOUND_BY) {
      await runner.query(`
        CREATE INDEX statement_facts_${column} ON statement_facts (organization_id, ${column}) WHERE ${column} IS NOT NULL`);
    }
  }

  private async secure(runner: QueryRunner, table: string): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }
}

const FOUND_BY = ['actor', 'verb', 'activity', 'activity_type', 'registration', 'response', 'context'];

const TABLES = ['fact_cursors', 'fact_terms', 'fact_words', 'fact_contexts', 'statement_facts'];
