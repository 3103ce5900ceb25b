import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  'statement_ids',
  'statements',
  'statement_terms',
  'statement_targets',
  'statement_references',
  'statement_reference_terms',
];

const forEachTable = (clause: string) => TABLES.map((table) => `ALTER TABLE ${table} ${clause}`).join(';\n');

/**
 * Statements and their terms lie in one partition a year, so that dropping a year is instant; their ids are unique over all
 * of them. Statements about other statements (StatementRefs) have copies of the index entries of what they lead to.
 */
export class PartitionStatements1763800800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE statements RENAME TO old_statements;
      ALTER TABLE statement_terms RENAME TO old_statement_terms;
      ALTER TABLE old_statements NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE old_statement_terms NO FORCE ROW LEVEL SECURITY;
      ALTER INDEX statements_pkey RENAME TO old_statements_pkey;
      DROP INDEX statements_position, statements_verb, statements_registration, statements_target, statements_voiding;
      ALTER INDEX statement_terms_pkey RENAME TO old_statement_terms_pkey`);
    await this.createTables(runner);
    await this.createReferences(runner);
    await this.secure(runner);
    await this.createPartitioning(runner);
    await this.createDropping(runner);
    await this.createBegin(runner);
    await this.carryOver(runner);
    await runner.query(`
      DROP TABLE old_statements, old_statement_terms;
      ${forEachTable('FORCE ROW LEVEL SECURITY')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION begin_storing_new_statements(uuid, uuid[]);
      DROP FUNCTION forget_dropped_statement_ids(tid, tid);
      DROP FUNCTION drop_statement_partitions(integer);
      DROP FUNCTION prepare_statement_partitions(integer);
      DROP FUNCTION first_position_of_year(integer);
      DROP TABLE statement_reference_terms, statement_references, statement_targets, statement_ids;
      ALTER TABLE statements NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE statement_terms NO FORCE ROW LEVEL SECURITY;
      CREATE TABLE whole_statements (LIKE statements);
      INSERT INTO whole_statements SELECT * FROM statements;
      CREATE TABLE whole_terms (LIKE statement_terms);
      INSERT INTO whole_terms SELECT * FROM statement_terms;
      DROP TABLE statements, statement_terms;
      ALTER TABLE whole_statements RENAME TO statements;
      ALTER TABLE statements ADD CONSTRAINT statements_pkey PRIMARY KEY (organization_id, id);
      CREATE UNIQUE INDEX statements_position ON statements (organization_id, position);
      CREATE INDEX statements_verb ON statements (organization_id, verb_key, position);
      CREATE INDEX statements_registration ON statements (organization_id, registration, position) WHERE registration IS NOT NULL;
      CREATE INDEX statements_target ON statements (organization_id, position, target_id) WHERE target_id IS NOT NULL;
      CREATE INDEX statements_voiding ON statements (organization_id, target_id) WHERE voiding;
      ALTER TABLE whole_terms RENAME TO statement_terms;
      ALTER TABLE statement_terms ADD CONSTRAINT statement_terms_pkey PRIMARY KEY (organization_id, key, position);
      ALTER SEQUENCE statement_ordinals MAXVALUE 999999`);
    for (const table of ['statements', 'statement_terms']) await this.secureTable(runner, table, 'FORCE');
  }

  private async createTables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where the statement with an id is. What points to a partition that was dropped counts for nothing.
      CREATE TABLE statement_ids (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        position bigint NOT NULL,
        CONSTRAINT statement_ids_pkey PRIMARY KEY (organization_id, id)
      );

      CREATE TABLE statements (
        organization_id uuid NOT NULL,
        -- The order in which statements were stored, as one number: milliseconds of "stored" since 1970 times a million,
        -- plus a number of those that were stored together times a thousand, plus the place among them.
        position bigint NOT NULL,
        id uuid NOT NULL,
        verb_key uuid NOT NULL,
        registration uuid,
        -- The statement that this one is about, when its object is a StatementRef.
        target_id uuid,
        voiding boolean NOT NULL,
        -- json, not jsonb: the text as it came, with every digit and escape of it.
        payload json NOT NULL,
        CONSTRAINT statements_pkey PRIMARY KEY (organization_id, position)
      ) PARTITION BY RANGE (position);
      CREATE INDEX statements_verb ON statements (organization_id, verb_key, position);
      CREATE INDEX statements_registration ON statements (organization_id, registration, position)
        WHERE registration IS NOT NULL;

      -- By which agents and activities a statement is found: an inverted index, made from the payload and never without it.
      CREATE TABLE statement_terms (
        organization_id uuid NOT NULL,
        key uuid NOT NULL,
        position bigint NOT NULL,
        -- In a place that the filters agent and activity look at, not only related_agents and related_activities.
        narrow boolean NOT NULL,
        CONSTRAINT statement_terms_pkey PRIMARY KEY (organization_id, key, position)
      ) PARTITION BY RANGE (position)`);
  }

  private async createReferences(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Statements whose object is a StatementRef, by what they are about, whether that is stored yet or not.
      CREATE TABLE statement_targets (
        organization_id uuid NOT NULL,
        target_id uuid NOT NULL,
        position bigint NOT NULL,
        id uuid NOT NULL,
        voiding boolean NOT NULL,
        CONSTRAINT statement_targets_pkey PRIMARY KEY (organization_id, target_id, position)
      );
      CREATE UNIQUE INDEX statement_targets_id ON statement_targets (organization_id, id);

      -- The same statements (position) with each statement that they lead to (target_position), at once or by way of others,
      -- and by what that one is found.
      CREATE TABLE statement_references (
        organization_id uuid NOT NULL,
        position bigint NOT NULL,
        target_position bigint NOT NULL,
        verb_key uuid NOT NULL,
        registration uuid,
        CONSTRAINT statement_references_pkey PRIMARY KEY (organization_id, position, target_position)
      );
      CREATE INDEX statement_references_verb ON statement_references (organization_id, verb_key, position, target_position);
      CREATE INDEX statement_references_registration
        ON statement_references (organization_id, registration, position, target_position) WHERE registration IS NOT NULL;

      CREATE TABLE statement_reference_terms (
        organization_id uuid NOT NULL,
        key uuid NOT NULL,
        position bigint NOT NULL,
        target_position bigint NOT NULL,
        narrow boolean NOT NULL,
        CONSTRAINT statement_reference_terms_pkey PRIMARY KEY (organization_id, key, position, target_position)
      )`);
  }

  /** The owner's policies are forced at the end: what was there is carried over for all organizations. */
  private async secure(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await this.secureTable(runner, table, 'NO FORCE');
  }

  private async secureTable(runner: QueryRunner, table: string, force: 'FORCE' | 'NO FORCE'): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, ${force} ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  /**
   * A partition is attached, not created in place: that locks out nobody. Its own row-level security has no policy, so it
   * shows nothing to whoever reads it past the table that it belongs to.
   */
  private async createPartitioning(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION first_position_of_year(year integer) RETURNS bigint LANGUAGE sql IMMUTABLE
        RETURN extract(epoch FROM make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'))::bigint * 1000000000;

      -- Makes what is missing of the partitions from a year to the one after the next.
      CREATE FUNCTION prepare_statement_partitions(first_year integer) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        parent text;
        partition text;
      BEGIN
        PERFORM pg_advisory_xact_lock(21333);
        FOR year IN first_year .. extract(year FROM now() AT TIME ZONE 'UTC')::integer + 2 LOOP
          FOREACH parent IN ARRAY ARRAY['statements', 'statement_terms'] LOOP
            partition := parent || '_' || year;
            CONTINUE WHEN to_regclass(partition) IS NOT NULL;
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', partition, parent);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', parent, partition,
              first_position_of_year(year), first_position_of_year(year + 1));
          END LOOP;
        END LOOP;
      END $$;`);
  }

  /** For the owner only: nobody else can drop tables. Policies that bind it are lifted within the transaction. */
  private async createDropping(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Drops all that was stored before a year, of every organization, and returns the partitions' names. Ids stay behind;
      -- so do voidings, since what they void stays voided.
      CREATE FUNCTION drop_statement_partitions(first_year_kept integer) RETURNS SETOF text LANGUAGE plpgsql AS $$
      DECLARE
        partition text;
        bound bigint := first_position_of_year(first_year_kept);
      BEGIN
        PERFORM pg_advisory_xact_lock(21333);
        FOR partition IN
          SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
           WHERE inhparent IN ('statements'::regclass, 'statement_terms'::regclass)
             AND substring(relname FROM '\\d+$')::integer < first_year_kept
           ORDER BY relname LOOP
          EXECUTE format('DROP TABLE %I', partition);
          RETURN NEXT partition;
        END LOOP;
        ALTER TABLE statement_targets NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE statement_references NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE statement_reference_terms NO FORCE ROW LEVEL SECURITY;
        DELETE FROM statement_targets WHERE position < bound AND NOT voiding;
        DELETE FROM statement_references WHERE position < bound OR target_position < bound;
        DELETE FROM statement_reference_terms WHERE position < bound OR target_position < bound;
        ALTER TABLE statement_targets FORCE ROW LEVEL SECURITY;
        ALTER TABLE statement_references FORCE ROW LEVEL SECURITY;
        ALTER TABLE statement_reference_terms FORCE ROW LEVEL SECURITY;
      END $$;

      -- Deletes ids between two places of the table whose statements went with a partition, and returns how many. An owner
      -- whom row-level security binds lifts it for the moment; any other does not have to lock out anybody.
      CREATE FUNCTION forget_dropped_statement_ids(first_place tid, end_place tid) RETURNS integer LANGUAGE plpgsql AS $$
      DECLARE
        bound boolean := row_security_active('statement_ids');
        oldest bigint;
        forgotten integer;
      BEGIN
        SELECT min(first_position_of_year(substring(relname FROM '\\d+$')::integer)) INTO oldest
          FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'statements'::regclass;
        IF bound THEN ALTER TABLE statement_ids NO FORCE ROW LEVEL SECURITY; END IF;
        DELETE FROM statement_ids WHERE ctid >= first_place AND ctid < end_place AND position < oldest;
        GET DIAGNOSTICS forgotten = ROW_COUNT;
        IF bound THEN ALTER TABLE statement_ids FORCE ROW LEVEL SECURITY; END IF;
        RETURN forgotten;
      END $$`);
  }

  private async createBegin(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Numbers what is stored together, up to a thousand statements at a time. It may start over: a thousand transactions in
      -- a millisecond are out of reach.
      ALTER SEQUENCE statement_ordinals MAXVALUE 999 RESTART;

      -- begin_storing_statements for statements of which each must be new and none may be what others are about already.
      -- Those that are not so are returned as obstacles: they need more than to be inserted. They are looked for under the
      -- lock, with a snapshot that is younger than it: who stores a reference at the same time sees either the statement or
      -- the lock.
      CREATE FUNCTION begin_storing_new_statements(organization uuid, ids uuid[], OUT stored bigint, OUT obstacles uuid[])
      LANGUAGE plpgsql AS $$
      BEGIN
        stored := begin_storing_statements(organization);
        SELECT array_agg(sent.id) INTO obstacles FROM unnest(ids) AS sent (id)
         WHERE EXISTS (SELECT FROM statement_ids known WHERE known.organization_id = organization AND known.id = sent.id)
            OR EXISTS (SELECT FROM statement_targets t WHERE t.organization_id = organization AND t.target_id = sent.id);
      END $$`);
  }

  private async carryOver(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT prepare_statement_partitions(extract(year FROM
          coalesce(to_timestamp(min(position) / 1000000000), now()) AT TIME ZONE 'UTC')::integer)
        FROM old_statements;
      INSERT INTO statement_ids SELECT organization_id, id, position FROM old_statements;
      INSERT INTO statement_targets
        SELECT organization_id, target_id, position, id, voiding FROM old_statements WHERE target_id IS NOT NULL;
      INSERT INTO statements (organization_id, position, id, verb_key, registration, target_id, voiding, payload)
        SELECT organization_id, position, id, verb_key, registration, target_id, voiding, payload FROM old_statements;
      INSERT INTO statement_terms SELECT organization_id, key, position, narrow FROM old_statement_terms;
      WITH RECURSIVE chain AS (
        SELECT organization_id, position, target_id, 1 AS depth FROM statement_targets
        UNION ALL
        SELECT chain.organization_id, chain.position, next.target_id, depth + 1
          FROM chain JOIN statement_targets next ON next.organization_id = chain.organization_id AND next.id = chain.target_id
         WHERE depth < 100
      ) CYCLE target_id SET is_circle USING path
      INSERT INTO statement_references
        SELECT DISTINCT organization_id, chain.position, t.position, t.verb_key, t.registration
          FROM chain JOIN old_statements t USING (organization_id) WHERE t.id = chain.target_id;
      INSERT INTO statement_reference_terms
        SELECT organization_id, term.key, r.position, r.target_position, term.narrow
          FROM statement_references r JOIN old_statement_terms term USING (organization_id) WHERE term.position = r.target_position`);
  }
}
