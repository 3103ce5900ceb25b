import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attachments of statements. The bytes lie in the blob storage, once an organization and hash. */
export class CreateAttachments1763801000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Blobs that are on their way in, and belong to no attachment yet. The row is there before the blob is, and goes
      -- with the commit of the statements that the blob belongs to; what stays behind is to be removed.
      CREATE TABLE attachment_uploads (
        organization_id uuid NOT NULL,
        blob_id uuid NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT attachment_uploads_pkey PRIMARY KEY (organization_id, blob_id)
      );
      CREATE INDEX attachment_uploads_started_at ON attachment_uploads (organization_id, started_at);

      CREATE TABLE attachments (
        organization_id uuid NOT NULL,
        -- In lower case hexadecimal.
        sha2 text NOT NULL,
        blob_id uuid NOT NULL,
        bytes bigint NOT NULL,
        -- When a request relied on the bytes being there, about: they are not removed while it may be under way.
        used_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT attachments_pkey PRIMARY KEY (organization_id, sha2)
      );

      -- Which statements have which bytes. The statement itself says what they are to it.
      CREATE TABLE statement_attachments (
        organization_id uuid NOT NULL,
        position bigint NOT NULL,
        sha2 text NOT NULL,
        CONSTRAINT statement_attachments_pkey PRIMARY KEY (organization_id, position, sha2),
        CONSTRAINT statement_attachments_sha2_fkey FOREIGN KEY (organization_id, sha2)
          REFERENCES attachments (organization_id, sha2)
      );
      CREATE INDEX statement_attachments_sha2 ON statement_attachments (organization_id, sha2)`);
    for (const table of ['attachment_uploads', 'attachments', 'statement_attachments']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY ${table}_tenant ON ${table}
          USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE statement_attachments;
      DROP TABLE attachments;
      DROP TABLE attachment_uploads`);
  }
}
