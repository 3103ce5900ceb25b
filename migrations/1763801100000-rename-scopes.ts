import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Scopes get the names of xAPI (1.0.3 Comm 4.2), and reading at /xapi a scope of its own. Statements are found by their
 * authority, for keys that may read only their own.
 */
export class RenameScopes1763801100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.changeKeys(
      runner,
      `UPDATE api_keys SET scopes = array_replace(scopes, 'statements:write', 'statements/write') || '{define}'::text[]
        WHERE 'statements:write' = ANY (scopes);
       UPDATE api_keys SET scopes = scopes || '{statements/read}'::text[] WHERE 'records:read' = ANY (scopes)`,
    );
    await this.addAuthorities(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    // Terms of authorities stay: nothing looks for them, and their keys are no agent's and no activity's.
    await this.changeKeys(
      runner,
      `UPDATE api_keys SET scopes = array_replace(scopes, 'statements/write', 'statements:write');
       UPDATE api_keys SET scopes = ARRAY(SELECT unnest(scopes) INTERSECT
         SELECT unnest('{author,publish,records:read,statements:write,admin}'::text[]))`,
    );
  }

  /** Migrations see the rows of all organizations: the owner's policies are lifted within this transaction. */
  private async changeKeys(runner: QueryRunner, update: string): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY;
      ${update};
      ALTER TABLE api_keys FORCE ROW LEVEL SECURITY`);
  }

  /**
   * The terms that statements stored before this lack. Their authority is always an account of the service, at the end of
   * the text; it is cut out there, because json operators refuse texts that have \\u0000 anywhere.
   */
  private async addAuthorities(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE statements NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE statement_terms NO FORCE ROW LEVEL SECURITY;
      INSERT INTO statement_terms (organization_id, key, position, narrow)
        SELECT organization_id,
               left(encode(sha256(convert_to('authority account ' ||
                 regexp_replace(payload::text, '^.*"authority":\\{"objectType":"Agent","account":\\{"homePage":("[^"]*"),"name":("[^"]*")\\}\\}\\}$', '[\\1,\\2]'),
                 'UTF8')), 'hex'), 32)::uuid,
               position, true
          FROM statements
        ON CONFLICT DO NOTHING;
      ALTER TABLE statements FORCE ROW LEVEL SECURITY;
      ALTER TABLE statement_terms FORCE ROW LEVEL SECURITY`);
  }
}
