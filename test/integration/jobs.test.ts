import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../src/config.js';
import { Conflict } from '../../src/platform/errors.js';
import { Sql } from '../../src/platform/database/sql.js';
import { withClient } from '../../src/platform/database/server.js';
import { DirectSql } from '../../src/platform/database/direct-sql.js';
import { DatabaseProbe } from '../../src/platform/database/database-probe.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Metrics } from '../../src/platform/http/metrics.js';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import type { JobHandler, JobOptions } from '../../src/platform/jobs/jobs.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const ORGANIZATION = randomUUID();

describe('background jobs', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  const jobs = new Jobs(new Sql());
  const handled: unknown[] = [];
  let runner: JobRunner;
  let metrics: Metrics;
  let fail = false;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.serviceUrl, poolSize: 2 }).initialize();
    unitOfWork = new UnitOfWork(dataSource);
    const direct = new DirectSql({ ...database, embedded: false, stop: () => Promise.resolve() }, {
      databasePoolSize: 2,
    } as Config);
    metrics = new Metrics(new DatabaseProbe(dataSource, direct));
    runner = newRunner();
    runner.register({
      task: 'greet',
      handle: (payload) => {
        handled.push(payload);
        return fail ? Promise.reject(new Error('not today')) : Promise.resolve();
      },
    });
    await runner.onApplicationBootstrap();
  });
  afterAll(async () => {
    await runner.onApplicationShutdown();
    await dataSource.destroy();
    await database.drop();
  });

  const newRunner = () => {
    const server = { ...database, embedded: false, stop: () => Promise.resolve() };
    return new JobRunner({ workerConcurrency: 2 } as Config, server, metrics);
  };
  const waiting = () =>
    withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ key: string | null; attempts: number; error: string | null }>(
        'SELECT key, attempts, last_error AS error FROM graphile_worker.jobs ORDER BY id',
      );
      return rows;
    });

  it('run once their transaction has committed', async () => {
    await unitOfWork.run(ORGANIZATION, async () => {
      await jobs.enqueue('greet', { organizationId: ORGANIZATION, name: 'Ada' });
      await sleep(200);
      expect(handled).toEqual([]);
    });
    await until(() => handled.length > 0);
    expect(handled).toEqual([{ organizationId: ORGANIZATION, name: 'Ada' }]);
    await until(async () => (await waiting()).length === 0);
  });

  it('do not exist when their transaction rolls back', async () => {
    await unitOfWork.run(ORGANIZATION, async () => {
      await jobs.enqueue('later', { organizationId: ORGANIZATION });
      return new Conflict('no');
    });
    expect(await waiting()).toEqual([]);
  });

  it('belong to the organization that enqueues them', async () => {
    const foreign = unitOfWork.run(ORGANIZATION, () => jobs.enqueue('later', { organizationId: randomUUID() }));
    await expect(foreign).rejects.toThrow('a job belongs to the organization that enqueues it');
  });

  it('cannot be read or changed by the role that the service runs as', async () => {
    const peek = withClient(database.serviceUrl, (client) => client.query('SELECT * FROM graphile_worker.jobs'));
    await expect(peek).rejects.toThrow('permission denied');
  });

  it('replace a waiting one of the same key', async () => {
    const enqueue = () => jobs.enqueue('later', { organizationId: ORGANIZATION }, { jobKey: 'only-one' });
    await unitOfWork.run(ORGANIZATION, enqueue);
    await unitOfWork.run(ORGANIZATION, enqueue);
    expect((await waiting()).map((job) => job.key)).toEqual(['only-one']);
    await withClient(database.ownerUrl, (client) => client.query(`SELECT graphile_worker.remove_job('only-one')`));
  });

  it('wait for their time, which a later one of the same key keeps if it is told to', async () => {
    const soon = new Date(Date.now() + 60_000);
    const times = () =>
      withClient(database.ownerUrl, async (client) => {
        const { rows } = await client.query<{ at: Date }>('SELECT run_at AS at FROM graphile_worker.jobs');
        return rows.map(({ at }) => at);
      });
    const enqueue = (options: JobOptions) =>
      unitOfWork.run(ORGANIZATION, () =>
        jobs.enqueue('later', { organizationId: ORGANIZATION }, { jobKey: 'timed', ...options }),
      );
    await enqueue({ runAt: soon });
    await enqueue({ runAt: new Date(Date.now() + 120_000), keepTime: true });
    expect(await times()).toEqual([soon]);
    await enqueue({});
    expect((await times())[0]!.getTime()).toBeLessThan(soon.getTime());
    await withClient(database.ownerUrl, (client) => client.query(`SELECT graphile_worker.remove_job('timed')`));
  });

  it('of one queue run one after the other, though there are workers for more', async () => {
    const running: string[] = [];
    let most = 0;
    const done: string[] = [];
    const queued: JobHandler = {
      task: 'queued',
      workers: 2,
      handle: async (payload) => {
        const { name } = payload as { name: string };
        running.push(name);
        most = Math.max(most, running.length);
        await sleep(50);
        running.splice(running.indexOf(name), 1);
        done.push(name);
      },
    };
    const other = newRunner();
    other.register(queued);
    await other.onApplicationBootstrap();
    await unitOfWork.run(ORGANIZATION, async () => {
      for (const name of ['a', 'b', 'c'])
        await jobs.enqueue('queued', { organizationId: ORGANIZATION, name }, { queue: 'in-turn' });
    });
    await until(() => done.length === 3);
    await other.onApplicationShutdown();
    expect(done).toEqual(['a', 'b', 'c']);
    expect(most).toBe(1);
  });

  it('of a task with workers of its own do not wait for those of others', async () => {
    const free: (() => void)[] = [];
    const done: string[] = [];
    const stuck = { task: 'stuck', handle: () => new Promise<void>((resolve) => void free.push(resolve)) };
    const apart = { task: 'apart', workers: 1, handle: () => Promise.resolve(void done.push('apart')) };
    const other = newRunner();
    other.register(stuck);
    other.register(apart);
    await other.onApplicationBootstrap();
    await unitOfWork.run(ORGANIZATION, async () => {
      for (let job = 0; job < 2; job += 1) await jobs.enqueue('stuck', { organizationId: ORGANIZATION });
    });
    await until(() => free.length === 2);
    await unitOfWork.run(ORGANIZATION, () => jobs.enqueue('apart', { organizationId: ORGANIZATION }));
    await until(() => done.length === 1);
    for (const go of free) go();
    await other.onApplicationShutdown();
  });

  it('keep their error and are tried again later when they fail', async () => {
    handled.length = 0;
    fail = true;
    await unitOfWork.run(ORGANIZATION, () => jobs.enqueue('greet', { organizationId: ORGANIZATION }));
    await until(async () => (await waiting())[0]?.error === 'not today');
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
    fail = false;
    await withClient(database.ownerUrl, (client) =>
      client.query('UPDATE graphile_worker._private_jobs SET run_at = now()'),
    );
    await until(() => handled.length === 2);
  });

  it('of a killed process are done by a living one', async () => {
    handled.length = 0;
    await unitOfWork.run(ORGANIZATION, () =>
      jobs.enqueue('greet', { organizationId: ORGANIZATION }, { jobKey: 'orphan' }),
    );
    await until(async () => (await waiting()).length === 0);
    await withClient(database.ownerUrl, async (client) => {
      await client.query(`SELECT graphile_worker.add_job('greet', $1, run_at => now() + interval '1 day')`, [
        { organizationId: ORGANIZATION, from: 'the dead' },
      ]);
      await client.query(
        `UPDATE graphile_worker._private_jobs SET run_at = now(), locked_by = 'worker-that-was-killed',
                locked_at = now() - interval '10 seconds', attempts = 1`,
      );
    });
    await until(() => handled.some((payload) => (payload as { from?: string }).from === 'the dead'));
  });

  it('that take long are left to the process that does them', async () => {
    let starts = 0;
    let finish: () => void = () => undefined;
    const slow = {
      task: 'slow',
      handle: () => {
        starts += 1;
        return new Promise<void>((resolve) => (finish = resolve));
      },
    };
    const runners = [newRunner(), newRunner()];
    for (const other of runners) {
      other.register(slow);
      await other.onApplicationBootstrap();
    }
    await unitOfWork.run(ORGANIZATION, () => jobs.enqueue('slow', { organizationId: ORGANIZATION }));
    await until(() => starts === 1);
    await withClient(database.ownerUrl, (client) =>
      client.query(`UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour'`),
    );
    await sleep(6_000);
    expect(starts).toBe(1);
    finish();
    await Promise.all(runners.map((other) => other.onApplicationShutdown()));
    expect(await waiting()).toEqual([]);
  });

  it('go on after the database was away when a worker wanted to tell what became of its job', async () => {
    const rename = (from: string, to: string) =>
      withClient(database.ownerUrl, (client) => client.query(`ALTER TABLE graphile_worker.${from} RENAME TO ${to}`));
    let starts = 0;
    const other = newRunner();
    other.register({
      task: 'unlucky',
      workers: 1,
      handle: async () => {
        starts += 1;
        if (starts === 1) await rename('_private_jobs', 'away');
      },
    });
    await other.onApplicationBootstrap();
    await unitOfWork.run(ORGANIZATION, () => jobs.enqueue('unlucky', { organizationId: ORGANIZATION }));
    await until(() => starts === 1);
    await sleep(500);
    await rename('away', '_private_jobs');
    // Its only worker has ended by then: another one does the job again, and the next.
    await until(() => starts === 2);
    await until(async () => (await waiting()).length === 0);
    await unitOfWork.run(ORGANIZATION, () => jobs.enqueue('unlucky', { organizationId: ORGANIZATION }));
    await until(() => starts === 3);
    await other.onApplicationShutdown();
  });

  it('are counted by task and outcome', async () => {
    const counts = await metrics.registry.getSingleMetricAsString('lectern_jobs_total');
    expect(counts).toContain('lectern_jobs_total{task="greet",outcome="error"} 1');
  });

  it('want one handler a task', () => {
    const twice = newRunner();
    const handler = { task: 'same', handle: () => Promise.resolve() };
    twice.register(handler);
    expect(() => twice.register(handler)).toThrow('Two handlers want the task same.');
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
