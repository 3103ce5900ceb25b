import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Published versions. They outlive the draft they came from, so nothing refers to `courses`; and no statement changes or
 * removes one, whoever runs it.
 */
export class CreateCourseVersions1763800400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course_versions (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        course_id uuid NOT NULL,
        number integer NOT NULL,
        title text NOT NULL,
        content_hash text NOT NULL,
        notes text,
        document json NOT NULL,
        published_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT course_versions_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT course_versions_organization_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX course_versions_number_key ON course_versions (organization_id, course_id, number)`,
    );
    await runner.query(`ALTER TABLE course_versions ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE course_versions FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY tenant ON course_versions
      USING (organization_id = current_setting('lectern.organization_id', true)::uuid)`);
    await runner.query(`
      CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE restrict_violation USING MESSAGE = 'a published version is never changed or removed';
      END $$`);
    await runner.query(`
      CREATE TRIGGER course_versions_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON course_versions
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE course_versions`);
    await runner.query(`DROP FUNCTION refuse_change_of_version()`);
  }
}
