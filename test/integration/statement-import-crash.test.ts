import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { importThat, postImport } from '../support/statement-imports.js';
import { minimalStatement } from '../support/statements.js';
import { ServiceProcess } from '../support/service-process.js';
import { serviceAt } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

/** `npm run soak:import` takes a million. */
const STATEMENTS = Number(process.env['IMPORT_STATEMENTS'] ?? 6_000);

jest.setTimeout(Math.max(120_000, STATEMENTS));

const PER_MEMBER = 20_000;

/** Members of gzip one after another are one file of gzip (RFC 1952 2.2). Every third statement has no id. */
function compressed(): Buffer {
  const members: Buffer[] = [];
  for (let first = 0; first < STATEMENTS; first += PER_MEMBER) {
    const count = Math.min(PER_MEMBER, STATEMENTS - first);
    const lines = Array.from({ length: count }, (_, index) => JSON.stringify(statement(first + index)));
    members.push(gzipSync(`${lines.join('\n')}\n`, { level: 1 }));
  }
  return Buffer.concat(members);
}

function statement(index: number): Record<string, unknown> {
  const hash = createHash('sha256').update(`statement ${index}`).digest('hex');
  const id = hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
  const object = { id: `http://example.com/activities/${index}` };
  return minimalStatement(index % 3 === 0 ? { object } : { id, object });
}

describe('an import that is cut off by kill -9', () => {
  it('goes on where it was, and every statement is there exactly once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-import-crash-'));
    const database = await createTestDatabase();
    const settings = { DATABASE_URL: database.ownerUrl };
    let service = await ServiceProcess.start(folder, settings);
    try {
      const answer = await postImport(serviceAt(service.url), compressed());
      const { id } = (await answer.json()) as { id: string };
      await importThat(serviceAt(service.url), id, ({ lines }) => lines > STATEMENTS / 4);
      await service.end('SIGKILL');

      service = await ServiceProcess.start(folder, settings);
      const done = await importThat(serviceAt(service.url), id);
      expect(done).toMatchObject({ status: 'DONE', error: null, lines: STATEMENTS, stored: STATEMENTS, refused: 0 });
      const client = new pg.Client({ connectionString: database.ownerUrl });
      await client.connect();
      const { rows } = await client.query<{ statements: string; activities: string }>(
        `SELECT count(*) AS statements, count(DISTINCT payload->'object'->>'id') AS activities FROM statements`,
      );
      await client.end();
      expect(rows).toEqual([{ statements: String(STATEMENTS), activities: String(STATEMENTS) }]);
    } finally {
      await service.end('SIGTERM');
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
