import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { RecordProjector } from '../../modules/records/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { sqlDuring } from '../support/sql-count.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { PlayerVoice, post, sessionOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const TABLES = ['learner_records', 'record_answers', 'record_scenario_runs', 'record_decisions'];

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const select = <Row extends object>(text: string) =>
  withClient(app.database.ownerUrl, async (client) => (await client.query<Row>(text)).rows);

/** Every row of every table of records, as JSON in a fixed order. */
async function rows(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of TABLES) {
    const found = await select<{ row: string }>(`SELECT to_json(t)::text AS row FROM ${table} t`);
    all[table] = found.map(({ row }) => row).sort();
  }
  return all;
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error('It did not happen in 15 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the projection of learner records', () => {
  it('follows the statements in the background, without anybody reading', async () => {
    const voice = new PlayerVoice(randomUUID(), 'background');
    await post(app, sessionOf(voice));
    await eventually(
      async () =>
        (await select(`SELECT FROM learner_records WHERE registration = '${voice.registration}' AND success`))
          .length === 1,
    );
  });

  it('makes exactly the same rows when it is rebuilt', async () => {
    const voices = Array.from({ length: 12 }, (_, index) => new PlayerVoice(randomUUID(), `rebuilt ${index}`));
    const statements = voices.flatMap((voice) => sessionOf(voice)).sort(() => Math.random() - 0.5);
    while (statements.length > 0) await post(app, statements.splice(0, 1 + Math.floor(Math.random() * 20)));
    const projector = app.app.get(RecordProjector);
    await projector.catchUp(DEFAULT_ORGANIZATION_ID);
    const before = await rows();
    expect(before['learner_records']!.length).toBeGreaterThanOrEqual(12);
    expect(before['record_answers']!.length).toBeGreaterThanOrEqual(24);

    await projector.rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await rows()).toEqual(before);
  });

  it('counts each statement once when several bring records up to date while others write', async () => {
    const voices = Array.from({ length: 6 }, (_, index) => new PlayerVoice(randomUUID(), `busy ${index}`));
    const projector = app.app.get(RecordProjector);
    await Promise.all([
      ...voices.map(async (voice) => {
        for (const statement of sessionOf(voice)) await post(app, statement);
      }),
      ...Array.from({ length: 4 }, async () => {
        for (let round = 0; round < 10; round += 1) await projector.catchUp(DEFAULT_ORGANIZATION_ID);
      }),
    ]);
    await projector.catchUp(DEFAULT_ORGANIZATION_ID);
    const before = await rows();
    await projector.rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await rows()).toEqual(before);
  });

  it('leaves out a statement whose transaction has not ended, and takes it in when it has', async () => {
    const projector = app.app.get(RecordProjector);
    const voice = new PlayerVoice(randomUUID(), 'patient');
    await withClient(app.database.serviceUrl, async (writer) => {
      await writer.query('BEGIN');
      await writer.query(`SELECT begin_storing_statements('${DEFAULT_ORGANIZATION_ID}')`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await post(app, voice.say('initialized'));
      await projector.catchUp(DEFAULT_ORGANIZATION_ID);
      expect(await select(`SELECT FROM learner_records WHERE registration = '${voice.registration}'`)).toEqual([]);
      await writer.query('ROLLBACK');
    });
    await projector.catchUp(DEFAULT_ORGANIZATION_ID);
    expect(await select(`SELECT FROM learner_records WHERE registration = '${voice.registration}'`)).toHaveLength(1);
  });
});

describe('learnerRecords with all answers and paths', () => {
  it('takes as many SQL statements for 40 records as for one', async () => {
    const courseId = randomUUID();
    await post(
      app,
      Array.from({ length: 40 }, (_, index) => sessionOf(new PlayerVoice(courseId, `many ${index}`))).flat(),
    );
    await app.app.get(RecordProjector).catchUp(DEFAULT_ORGANIZATION_ID);
    const read = async (first: number) => {
      const { data, errors } = await app.graphql<{ learnerRecords: { nodes: Json[] } }>(
        `query ($courseId: ID!, $first: Int!) { learnerRecords(filter: { courseId: $courseId }, first: $first) {
           nodes { answers { response } scenarioPaths { decisions { choiceId } } } } }`,
        { courseId, first },
      );
      expect(errors).toBeUndefined();
      return data.learnerRecords.nodes.length;
    };
    const ofRecords = new RegExp(`FROM (${TABLES.join('|')})`);
    const forOne = await sqlDuring(async () => expect(await read(1)).toBe(1), ofRecords);
    const forForty = await sqlDuring(async () => expect(await read(40)).toBe(40), ofRecords);
    expect(forOne).toHaveLength(4);
    expect(forForty).toHaveLength(4);
  });
});
