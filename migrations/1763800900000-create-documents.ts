import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents of xAPI: state, activity profiles and agent profiles. */
export class CreateDocuments1763800900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE documents (
        organization_id uuid NOT NULL,
        -- Whose: state has both an agent and an activity, a profile has one of them, and zeros in the place of the other.
        -- In this order the primary key lists each kind, and finds everything of a person.
        agent_key uuid NOT NULL,
        activity_key uuid NOT NULL,
        -- Made from the registration and the id.
        key uuid NOT NULL,
        registration uuid,
        -- A JSON string: text has no place for U+0000.
        id json NOT NULL,
        activity_id text,
        content_type text NOT NULL,
        -- SHA-1 of the content in hexadecimal.
        etag text NOT NULL,
        content bytea NOT NULL,
        updated timestamptz(3) NOT NULL,
        CONSTRAINT documents_pkey PRIMARY KEY (organization_id, agent_key, activity_key, key)
      );
      -- Not compressed, so that a piece of a large document is read without the rest.
      ALTER TABLE documents ALTER COLUMN content SET STORAGE EXTERNAL;
      ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
      ALTER TABLE documents FORCE ROW LEVEL SECURITY;
      CREATE POLICY documents_tenant ON documents
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE documents');
  }
}
