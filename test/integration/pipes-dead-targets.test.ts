import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { caughtUp, PipeWorkshop, statements, to } from '../support/pipes.js';

jest.setTimeout(120_000);

describe('pipes to targets that do not answer', () => {
  let workshop: PipeWorkshop;
  beforeAll(async () => {
    workshop = await PipeWorkshop.open({ PIPE_WORKERS: '2' });
  });
  afterEach(() => workshop.tidy());
  afterAll(() => workshop.close());

  it('hold up no other pipe, though there are more of them than workers, and deliver all when they return', async () => {
    const { pipes, send } = await workshop.organization();
    const silent = await Promise.all([1, 2, 3].map(() => workshop.targetLrs()));
    for (const target of silent) target.mishap = () => 'hang';
    const dead = await workshop.targetLrs();
    await dead.stop();
    const healthy = await workshop.targetLrs();
    const sent = await send(...statements(3));
    const held = [];
    for (const target of [...silent, dead]) held.push((await pipes.lay(to(target))).id);
    const { id } = await pipes.lay(to(healthy));
    await pipes.until(id, caughtUp);
    sent.push(...(await send(...statements(2))));
    await pipes.until(id, ({ delivered }) => delivered === 5);
    expect(healthy.ids).toEqual(sent);
    for (const each of held) expect((await pipes.look(each)).status.delivered).toBe(0);

    for (const target of [...silent, dead]) {
      await target.stop();
      target.mishap = () => undefined;
      await target.start();
    }
    for (const each of held) await pipes.until(each, ({ delivered }) => delivered === 5, 60_000);
    for (const target of [...silent, dead]) expect(target.ids).toEqual(sent);
  });

  it('wait as long as they are asked to', async () => {
    const { pipes, send } = await workshop.organization();
    const target = await workshop.targetLrs();
    target.mishap = () => ({ status: 429, headers: { 'retry-after': '600' } });
    await send(...statements(1));
    const { id } = await pipes.lay(to(target));
    const { status } = await pipes.until(id, ({ nextAttemptAt }) => nextAttemptAt !== null);
    const wait = Date.parse(status.nextAttemptAt!) - Date.now();
    expect(wait).toBeGreaterThan(500_000);
    expect(wait).toBeLessThanOrEqual(600_000);
    target.mishap = () => undefined;
    await pipes.mutate('resumePipe', { id }, 'pipe { id }');
    await pipes.until(id, ({ delivered }) => delivered === 1);
  });

  it('take no status but that of xAPI for word about statements, and try again', async () => {
    const { pipes, send } = await workshop.organization();
    const targets = await Promise.all(
      [401, 403, 404, 302, 500, 200].map(async (status) => {
        const target = await workshop.targetLrs();
        target.mishap = () => ({ status, body: 'hello' });
        return { status, target };
      }),
    );
    await send(...statements(1));
    // Side by side, since each waits before it tries again.
    await Promise.all(
      targets.map(async ({ status, target }) => {
        const { id } = await pipes.lay(to(target));
        const failing = await pipes.until(id, ({ consecutiveFailures }) => consecutiveFailures > 0);
        expect(failing.status).toMatchObject({ state: 'FAILING', deadLetters: 0, delivered: 0 });
        expect(failing.status.lastError).toContain(`${status}`);
        target.mishap = () => undefined;
        await pipes.until(id, ({ delivered }) => delivered === 1);
        expect((await pipes.look(id)).status).toMatchObject({ state: 'CAUGHT_UP', consecutiveFailures: 0 });
      }),
    );
  });
});
