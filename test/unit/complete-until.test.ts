import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StatementStore } from '../../modules/lrs/statements/statement.store.js';
import type { DirectSql } from '../../src/platform/database/direct-sql.js';

const ORGANIZATION = '7b1c0f5e-0000-4000-8000-000000000001';
const LIST = { text: 'SELECT 1', values: [] };

describe('the time up to which statements are complete', () => {
  /** Each answer of the database is one millisecond later than the one before. */
  let answers: number;
  let fails: boolean;
  let store: StatementStore;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    [answers, fails] = [0, false];
    const answer = () => {
      if (fails) return Promise.reject(new Error('The database is away.'));
      answers += 1;
      return Promise.resolve([{ time: String(answers) }]);
    };
    const direct = {
      query: (_: string, { text }: { text: string }) => (text === LIST.text ? Promise.resolve([]) : answer()),
      queryInTurn: async () => [await answer(), []],
    };
    store = new StatementStore(direct as unknown as DirectSql);
  });

  const list = async () => (await store.read(ORGANIZATION, LIST)).completeUntil;
  const known = (age: number) => store.completeUntil(ORGANIZATION, age);
  const pass = (milliseconds: number) => jest.setSystemTime(Date.now() + milliseconds);

  it('is asked for once by those who come together', async () => {
    expect(await Promise.all([known(250), known(250), known(250)])).toEqual([1, 1, 1]);
  });

  it('is there at once while the last answer is new enough, and asked for again then', async () => {
    await known(250);
    pass(249);
    expect(known(250)).toBe(1);
    pass(1);
    expect(await known(250)).toBe(2);
  });

  it('is at most 20 milliseconds old in a list, and what a list learns serves the others', async () => {
    expect(await list()).toBe(1);
    pass(19);
    expect(await list()).toBe(1);
    pass(1);
    expect(await list()).toBe(2);
    expect(known(250)).toBe(2);
  });

  it('is there at once while a newer one is being asked for', async () => {
    await list();
    pass(100);
    const next = list();
    expect(known(250)).toBe(1);
    expect(await next).toBe(2);
  });

  it('is asked for each time by those who need it as it is now', async () => {
    expect([await known(0), await known(0)]).toEqual([1, 2]);
  });

  it('is asked for again when it could not be found out', async () => {
    fails = true;
    await expect(known(250)).rejects.toThrow('The database is away.');
    fails = false;
    expect(await known(250)).toBe(1);
  });

  it('is another one for each organization, and for all together', async () => {
    expect(await Promise.all([known(250), store.completeUntil(undefined, 250)])).toEqual([1, 2]);
  });
});
