import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { byKind, certificateIn, Eraser, statementTexts, tracesLeft } from '../support/erasures.js';
import { importAll } from '../support/statement-imports.js';
import { minimalStatement } from '../support/statements.js';
import { ServiceProcess } from '../support/service-process.js';
import { serviceAt } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

const STATEMENTS = 4_000;
const MBOX = 'mailto:ada.byron@example.com';
const NAME = 'Ada Byron-Tester';
const BOB = { mbox: 'mailto:bob.other@example.com', name: 'Bob Other' };

jest.setTimeout(180_000);

/** Every fourth is somebody else's. */
const statement = (index: number) =>
  minimalStatement({
    actor: index % 4 === 0 ? BOB : { mbox: MBOX, name: NAME },
    object: { id: `http://example.com/activities/${index}` },
  });

const QUESTION = `{ statementAggregate(groupBy: [ACTOR]) { ... on StatementAggregate { total { count distinctActors } groups { count } } } }`;

describe('an erasure that is cut off by kill -9', () => {
  it('goes on where it was, counts everything once, and leaves nothing', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'lectern-erasure-crash-'));
    const database = await createTestDatabase();
    const settings = { DATABASE_URL: database.ownerUrl };
    let service = await ServiceProcess.start(dataDirectory, settings);
    try {
      const lines = Array.from({ length: STATEMENTS }, (_, index) => JSON.stringify(statement(index)));
      await importAll(serviceAt(service.url), lines.join('\n'));
      const numbers = await new Eraser(serviceAt(service.url)).ask(QUESTION);
      const before = await statementTexts(database.ownerUrl);
      const answer = await new Eraser(serviceAt(service.url)).request({ agent: { mbox: MBOX } });
      const { id } = answer['erasure'] as { id: string };
      await untilUnderWay(new Eraser(serviceAt(service.url)), id);
      await service.end('SIGKILL');
      const half = await rewritten(database.ownerUrl);
      expect(half).toBeGreaterThan(0);
      expect(half).toBeLessThan(STATEMENTS * 0.75);

      service = await ServiceProcess.start(dataDirectory, settings);
      const eraser = new Eraser(serviceAt(service.url));
      const erasure = await eraser.done(id, 120_000);
      expect(byKind(erasure.counts)['statements']).toBe(STATEMENTS * 0.75);
      expect(certificateIn(erasure)['statements']).toMatchObject({ count: STATEMENTS * 0.75 });
      expect(certificateIn(erasure)['pseudonyms']).toHaveLength(2);
      expect(await eraser.ask(QUESTION)).toEqual(numbers);
      const where = { ownerUrl: database.ownerUrl, dataDirectory };
      expect(await tracesLeft(where, ['ada.byron', NAME], [{ mbox: MBOX }])).toEqual([]);
      const after = await statementTexts(database.ownerUrl);
      const others = [...before].filter(([, { text }]) => text.includes(BOB.mbox));
      expect(others).toHaveLength(STATEMENTS / 4);
      for (const [other, texts] of others) expect(after.get(other)).toEqual(texts);
    } finally {
      await service.end('SIGTERM');
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  });
});

const rewritten = async (ownerUrl: string): Promise<number> =>
  [...(await statementTexts(ownerUrl)).values()].filter(({ text }) => text.includes('urn:lectern:erased')).length;

/** Some batches are committed, and more are to come. */
async function untilUnderWay(eraser: Eraser, id: string): Promise<void> {
  for (const end = Date.now() + 60_000; ; await wait(5)) {
    const erasure = await eraser.find(id);
    if ((byKind(erasure!.counts)['statements'] ?? 0) > 0) return;
    if (Date.now() > end) throw new Error(`The erasure does not begin: ${JSON.stringify(erasure)}`);
  }
}
