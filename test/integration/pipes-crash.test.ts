import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { AUTHORIZATION, caughtUp, Plumber, statements, TO_THIS_MACHINE, to, until } from '../support/pipes.js';
import { ServiceProcess } from '../support/service-process.js';
import { post } from '../support/statements.js';
import { serviceAt } from '../support/test-app.js';
import { TargetLrs } from '../support/target-lrs.js';

jest.setTimeout(300_000);

describe('a pipe whose service is killed while it delivers, and whose target dies and returns', () => {
  it('delivers every statement once and in order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-pipes-crash-'));
    const target = await TargetLrs.start(AUTHORIZATION);
    let process = await ServiceProcess.start(folder, TO_THIS_MACHINE);
    try {
      let service = serviceAt(process.url);
      const sent = await post(service, statements(150));
      target.pause = 20;
      const { id } = await new Plumber(service).lay({ ...to(target), batchSize: 5 });
      await until(() => target.stored.length >= 30);
      sent.push(...(await post(service, statements(20))));
      await process.end('SIGKILL');
      expect(target.stored.length).toBeLessThan(170);

      process = await ServiceProcess.start(folder, TO_THIS_MACHINE);
      service = serviceAt(process.url);
      const reached = target.stored.length;
      await until(() => target.stored.length >= reached + 20, 60_000);
      await target.stop();
      const pipes = new Plumber(service);
      const failing = await pipes.until(id, ({ state }) => state === 'FAILING');
      expect(failing.status).toMatchObject({ lastError: expect.stringMatching(/ECONN|hang up/) });
      sent.push(...(await post(service, statements(10))));
      target.pause = 0;
      await target.start();

      const { status } = await pipes.until(id, (now) => caughtUp(now) && target.stored.length >= 180, 60_000);
      expect(target.ids).toEqual(sent);
      expect(status).toMatchObject({ deadLetters: 0, consecutiveFailures: 0, lagStatements: 0 });
    } finally {
      await process.end('SIGTERM');
      await target.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
