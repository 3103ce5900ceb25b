import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Conflict } from '../../src/platform/errors.js';
import { withClient } from '../../src/platform/database/server.js';
import { Sql } from '../../src/platform/database/sql.js';
import { isUniqueViolation } from '../../src/platform/database/sql-state.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const ORGANIZATION = randomUUID();
const OTHER = randomUUID();

describe('a unit of work', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  const sql = new Sql();

  beforeAll(async () => {
    database = await createTestDatabase();
    await withClient(database.ownerUrl, (client) =>
      client.query(`
        CREATE TABLE notes (
          organization_id uuid NOT NULL, text text NOT NULL, CONSTRAINT notes_key PRIMARY KEY (organization_id, text));
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        ALTER TABLE notes FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON notes USING (organization_id = current_setting('lectern.organization_id', true)::uuid);
        GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO lectern_app`),
    );
    dataSource = await new DataSource({ type: 'postgres', url: database.serviceUrl, poolSize: 4 }).initialize();
    unitOfWork = new UnitOfWork(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(() => withClient(database.ownerUrl, (client) => client.query('TRUNCATE notes')));

  const note = (text: string, organization = ORGANIZATION) =>
    sql.query('INSERT INTO notes VALUES ($1, $2) RETURNING text', [organization, text]);
  const texts = () => sql.query<{ text: string }>('SELECT text FROM notes ORDER BY text');
  const stored = (organization = ORGANIZATION) => unitOfWork.read(organization, texts);

  it('commits what its work wrote', async () => {
    expect(await unitOfWork.run(ORGANIZATION, () => note('a'))).toEqual([{ text: 'a' }]);
    expect(await stored()).toEqual([{ text: 'a' }]);
  });

  it('rolls back when the work throws', async () => {
    const work = unitOfWork.run(ORGANIZATION, async () => {
      await note('a');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await stored()).toEqual([]);
  });

  it('rolls back when the work returns a user error, and returns that', async () => {
    const conflict = new Conflict('taken');
    const result = await unitOfWork.run(ORGANIZATION, async () => {
      await note('a');
      return conflict;
    });
    expect(result).toBe(conflict);
    expect(await stored()).toEqual([]);
  });

  it('lets work turn a broken constraint into a user error', async () => {
    await unitOfWork.run(ORGANIZATION, () => note('a'));
    const result = await unitOfWork.run(ORGANIZATION, async () => {
      try {
        return await note('a');
      } catch (error) {
        if (isUniqueViolation(error, 'notes_key')) return new Conflict('taken');
        throw error;
      }
    });
    expect(result).toBeInstanceOf(Conflict);
  });

  it('does not pretend to commit when work swallowed the error of a statement', async () => {
    const work = unitOfWork.run(ORGANIZATION, async () => {
      await note('a');
      await sql.query('SELECT 1 / 0').catch(() => undefined);
      return 'done';
    });
    await expect(work).rejects.toThrow('the work swallowed its error');
  });

  it('joins the unit of work around it', async () => {
    const work = unitOfWork.run(ORGANIZATION, async () => {
      await unitOfWork.run(ORGANIZATION, () => note('inner'));
      expect(await unitOfWork.read(ORGANIZATION, texts)).toEqual([{ text: 'inner' }]);
      throw new Error('outer');
    });
    await expect(work).rejects.toThrow('outer');
    expect(await stored()).toEqual([]);
  });

  it('spans one organization only', async () => {
    const work = unitOfWork.run(ORGANIZATION, () => unitOfWork.run(OTHER, texts));
    await expect(work).rejects.toThrow('cannot span two organizations');
  });

  it('writes nothing when it is for reading', async () => {
    await expect(unitOfWork.read(ORGANIZATION, () => note('a'))).rejects.toThrow('read-only transaction');
    await expect(unitOfWork.read(ORGANIZATION, () => unitOfWork.run(ORGANIZATION, texts))).rejects.toThrow('read-only');
  });

  it("neither sees nor writes another organization's rows", async () => {
    await unitOfWork.run(OTHER, () => note('theirs', OTHER));
    expect(await stored(ORGANIZATION)).toEqual([]);
    await expect(unitOfWork.run(ORGANIZATION, () => note('mine', OTHER))).rejects.toThrow('row-level security');
  });

  it('runs what is to be done afterwards once, after the commit and never after a rollback', async () => {
    const done: string[] = [];
    await unitOfWork.run(ORGANIZATION, async () => {
      unitOfWork.afterCommit(async () => void done.push(`committed: ${(await stored()).length}`));
      await note('a');
      done.push('worked');
    });
    await unitOfWork.run(ORGANIZATION, async () => {
      unitOfWork.afterCommit(() => void done.push('never'));
      return new Conflict('no');
    });
    expect(done).toEqual(['worked', 'committed: 1']);
  });

  it('runs the whole work again after a deadlock', async () => {
    await unitOfWork.run(ORGANIZATION, async () => {
      await note('a');
      await note('b');
    });
    const runs: string[] = [];
    let arrivals = 0;
    let everyoneIsThere: () => void;
    const meeting = new Promise<void>((resolve) => (everyoneIsThere = resolve));
    const crossing = (first: string, second: string) =>
      unitOfWork.run(ORGANIZATION, async () => {
        runs.push(first);
        await lock(first);
        arrivals += 1;
        if (arrivals === 2) everyoneIsThere();
        await meeting;
        await lock(second);
        return 'done';
      });
    const lock = (text: string) => sql.query('SELECT FROM notes WHERE text = $1 FOR UPDATE', [text]);
    expect(await Promise.all([crossing('a', 'b'), crossing('b', 'a')])).toEqual(['done', 'done']);
    expect(runs).toHaveLength(3);
  });

  it('gives up after three reruns', async () => {
    let runs = 0;
    const work = unitOfWork.run(ORGANIZATION, async () => {
      runs += 1;
      await sql.query("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$");
    });
    await expect(work).rejects.toMatchObject({ driverError: { code: '40001' } });
    expect(runs).toBe(4);
  });

  it('is what all SQL needs', async () => {
    await expect(texts()).rejects.toThrow('outside of a unit of work');
    expect(() => unitOfWork.afterCommit(() => undefined)).toThrow('outside of a unit of work');
  });
});
