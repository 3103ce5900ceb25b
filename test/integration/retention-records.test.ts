import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import type { RecordedStatement } from '../../modules/lrs/index.js';
import { projectRegistration, sumsOf } from '../../modules/records/projection/project.js';
import { RecordProjector } from '../../modules/records/index.js';
import { Eraser, tracesLeft } from '../support/erasures.js';
import { age, allAged, Archivist } from '../support/retention.js';
import { idOf, PlayerVoice, sessionOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

let app: TestApp;
let archivist: Archivist;
beforeAll(async () => {
  app = await createTestApp();
  archivist = new Archivist(app);
});
afterAll(() => app.close());

const RECORD = `id version completion success score progress secondsSpent startedAt lastActivityAt completedAt updatedAt
  answers { statementId response correct score } scenarioPaths { lessonId run endingId decisions { nodeId choiceId } }`;

async function recordOf({ registration }: PlayerVoice): Promise<Json> {
  const { learnerRecord } = await archivist.ask<{ learnerRecord: Json }>(
    `query ($registration: ID!) { learnerRecord(registration: $registration) { ${RECORD} } }`,
    { registration },
  );
  return learnerRecord;
}

const ageAll = (ids: readonly string[], days: number) =>
  age(app.database.ownerUrl, DEFAULT_ORGANIZATION_ID, allAged(ids, days));

describe('learner records', () => {
  it('survive their statements, a rebuild, and statements that come after', async () => {
    const voice = new PlayerVoice(randomUUID(), 'graduate');
    const session = sessionOf(voice);
    await ageAll(await archivist.send(...session), 100);
    const before = await recordOf(voice);
    expect(before).toMatchObject({ completion: true, success: true, score: 85, progress: 100 });
    const rule = await archivist.rule({ action: 'DELETE', days: 90 });
    expect((await archivist.run(rule)).deleted).toBe(session.length);
    expect(await recordOf(voice)).toEqual(before);
    await app.app.get(RecordProjector).rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await recordOf(voice)).toEqual(before);
    const late = voice.say('terminated', { result: { duration: 'PT14S', completion: true } });
    await archivist.send(late);
    const { updatedAt, lastActivityAt, secondsSpent, ...rest } = before;
    const after = await recordOf(voice);
    expect(after).toMatchObject(rest);
    expect(Date.parse(after['lastActivityAt'] as string)).toBeGreaterThan(Date.parse(lastActivityAt as string));
    expect(Date.parse(after['updatedAt'] as string)).toBeGreaterThan(Date.parse(updatedAt as string));
    expect(after['secondsSpent']).toBeGreaterThan(secondsSpent as number);
    await archivist.delete(rule);
  });

  it('take back what is voided of what is left, while what went stays', async () => {
    const voice = new PlayerVoice(randomUUID(), 'half');
    const session = sessionOf(voice);
    await archivist.send(...session);
    const answered = session.filter(({ verb }) => (verb as Json)['id'] === 'http://adlnet.gov/expapi/verbs/answered');
    const passed = session.find(({ verb }) => (verb as Json)['id'] === 'http://adlnet.gov/expapi/verbs/passed')!;
    await ageAll(answered.map(idOf), 100);
    const before = await recordOf(voice);
    const rule = await archivist.rule({ action: 'DELETE', days: 90 });
    expect((await archivist.run(rule)).deleted).toBe(2);
    expect(await recordOf(voice)).toEqual(before);
    await archivist.send({
      actor: { mbox: 'mailto:admin@example.com' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: idOf(passed) },
    });
    const { updatedAt: _, ...rest } = before;
    expect(await recordOf(voice)).toMatchObject({ ...rest, success: null });
  });

  it('no longer tell whose they are when the learner is erased after the statements went', async () => {
    const account = { homePage: 'https://lms.example.com', name: 'leaver-4711' };
    const voice = new PlayerVoice(randomUUID(), account.name);
    const session = sessionOf(voice);
    await ageAll(await archivist.send(...session), 100);
    const { id, answers, ...before } = await recordOf(voice);
    const rule = await archivist.rule({ action: 'DELETE', days: 90 });
    expect((await archivist.run(rule)).deleted).toBe(session.length);
    await archivist.delete(rule);
    await new Eraser(app).erase({ agent: { account } }, 'REMOVE');
    const silent = (answers as Json[]).map((answer) => ({ ...answer, response: null }));
    const after = await recordOf(voice);
    expect(after).toEqual({ ...before, id: expect.any(String), answers: silent });
    expect(after['id']).not.toBe(id);
    const where = { ownerUrl: app.database.ownerUrl, dataDirectory: app.config.dataDirectory };
    expect(await tracesLeft(where, [account.name], [{ account }])).toEqual([]);
    await app.app.get(RecordProjector).rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await recordOf(voice)).toEqual(after);
  });
});

describe('the sum of statements', () => {
  it('stands in for them, however they are divided, and what is in both counts once', () => {
    const registration = randomUUID();
    const voices = [new PlayerVoice(randomUUID(), 'one'), new PlayerVoice(randomUUID(), 'two')];
    const statements = voices.flatMap(sessionOf).map((statement, index): RecordedStatement => ({
      position: String(1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n),
      id: idOf(statement),
      text: JSON.stringify(statement),
      voidedAt: index % 7 === 3 ? '1800000000000000000' : null,
    }));
    const whole = byId(projectRegistration(registration, statements));
    expect(whole).toHaveLength(2);
    const places = fc.array(fc.constantFrom('gone', 'left', 'both', 'gone before'), {
      minLength: statements.length,
      maxLength: statements.length,
    });
    fc.assert(
      fc.property(places, (where) => {
        const at = (...names: string[]) => statements.filter((_, index) => names.includes(where[index]!));
        const sums = [...sumsOf(registration, at('gone', 'both')), ...sumsOf(registration, at('gone before'))];
        const kept = JSON.parse(JSON.stringify(sums), (name, value: unknown) =>
          (name === 'at' || name.endsWith('At')) && typeof value === 'string' ? new Date(value) : value,
        ) as typeof sums;
        expect(byId(projectRegistration(registration, at('left', 'both'), kept))).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});

const byId = <T extends { record: { id: string } }>(records: readonly T[]): T[] =>
  [...records].sort((one, other) => (one.record.id < other.record.id ? -1 : 1));
