import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { withClient } from '../../src/platform/database/server.js';
import { age, allAged, Archivist } from '../support/retention.js';
import { PlayerVoice, minimalStatement, sessionOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { ServiceProcess } from '../support/service-process.js';
import { serviceAt } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

jest.setTimeout(300_000);

/** Four batches. */
const STATEMENTS = 2_000;

describe('a run of a rule that is cut off by kill -9', () => {
  it('goes on where it was: every statement is deleted and counted once, and records stand', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-retention-crash-'));
    const database = await createTestDatabase();
    const settings = { DATABASE_URL: database.ownerUrl };
    let service = await ServiceProcess.start(folder, settings);
    try {
      const archivist = new Archivist(serviceAt(service.url));
      const voice = new PlayerVoice(randomUUID(), 'survivor');
      const session = sessionOf(voice);
      const ids = await archivist.send(...session);
      const one = (): Json => minimalStatement({ id: randomUUID() });
      for (let sent = ids.length; sent < STATEMENTS; sent = ids.length) {
        ids.push(...(await archivist.send(...Array.from({ length: Math.min(500, STATEMENTS - sent) }, one))));
      }
      const [kept] = await archivist.send(one());
      await age(database.ownerUrl, await archivist.organizationId(), allAged(ids, 400));
      const before = await recordOf(archivist, voice);
      const rule = await archivist.rule({ action: 'DELETE', days: 365, filter: { relatedActivities: false } });
      const { id } = await archivist.start(rule);
      const cutOff = await archivist.until(id, ({ deleted }) => deleted > 0);
      await service.end('SIGKILL');
      expect(cutOff.deleted).toBeLessThan(STATEMENTS);

      service = await ServiceProcess.start(folder, settings);
      const again = new Archivist(serviceAt(service.url));
      const done = await again.until(id);
      expect(done).toMatchObject({ status: 'DONE', expected: STATEMENTS, deleted: STATEMENTS, droppedYears: [] });
      const left = await withClient(database.ownerUrl, async (client) => {
        const counts: Record<string, string[]> = {};
        for (const table of ['statements', 'statement_ids', 'statement_facts']) {
          const { rows } = await client.query<{ position: string }>(`SELECT position FROM ${table}`);
          counts[table] = rows.map(({ position }) => position);
        }
        return counts;
      });
      expect(new Set(Object.values(left).flat()).size).toBe(1);
      expect(Object.values(left).map(({ length }) => length)).toEqual([1, 1, 1]);
      const { statements } = await again.ask<{ statements: { nodes: Json[] } }>('{ statements { nodes { id } } }');
      expect(statements.nodes).toEqual([{ id: kept }]);
      expect(await recordOf(again, voice)).toEqual(before);
      expect(before).toMatchObject({ completion: true, success: true, score: 85 });
    } finally {
      await service.end('SIGTERM');
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function recordOf(archivist: Archivist, { registration }: PlayerVoice): Promise<Json> {
  const { learnerRecord } = await archivist.ask<{ learnerRecord: Json }>(
    `query ($registration: ID!) { learnerRecord(registration: $registration) {
       completion success score progress startedAt lastActivityAt completedAt answers { response correct } } }`,
    { registration },
  );
  return learnerRecord;
}
