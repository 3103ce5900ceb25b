import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drafts: courses, and the elements below them in one table.
 *
 * The content is json, not jsonb: it is only ever read and written whole, json keeps its text as it is, and costs less of both.
 */
export class CreateCourses1763800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE courses (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        external_id text,
        slug text NOT NULL,
        title text NOT NULL,
        language text NOT NULL,
        content json NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        tree_revision integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT courses_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT courses_organization_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id),
        CONSTRAINT courses_slug_key UNIQUE (organization_id, slug),
        CONSTRAINT courses_external_id_key UNIQUE (organization_id, external_id)
      );
      CREATE INDEX courses_title_idx ON courses (organization_id, title, id);
      CREATE INDEX courses_updated_at_idx ON courses (organization_id, updated_at, id);

      -- The two unique constraints of elements are deferrable: places are checked when a statement has shifted all
      -- siblings, and an import that replaces an element is checked at its end. NULLS NOT DISTINCT: sections have no parent.
      CREATE TABLE elements (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        course_id uuid NOT NULL,
        parent_id uuid,
        type text NOT NULL,
        kind text NOT NULL,
        position integer NOT NULL,
        external_id text,
        content json NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT elements_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT elements_course_fkey FOREIGN KEY (organization_id, course_id)
          REFERENCES courses (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT elements_parent_fkey FOREIGN KEY (organization_id, parent_id)
          REFERENCES elements (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT elements_place_key UNIQUE NULLS NOT DISTINCT (organization_id, course_id, parent_id, type, position)
          DEFERRABLE INITIALLY IMMEDIATE,
        CONSTRAINT elements_external_id_key UNIQUE (organization_id, course_id, external_id)
          DEFERRABLE INITIALLY IMMEDIATE
      );
      -- Deleting an element finds its children by it.
      CREATE INDEX elements_parent_idx ON elements (organization_id, parent_id)`);
    for (const table of ['courses', 'elements']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY ${table}_tenant ON ${table}
          USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE elements; DROP TABLE courses`);
  }
}
