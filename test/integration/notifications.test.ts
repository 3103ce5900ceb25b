import { follow } from '../../src/platform/database/follow.js';
import { Notifications } from '../../src/platform/database/notifications.js';
import { withClient } from '../../src/platform/database/server.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Conflict } from '../../src/platform/errors.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const organizationId = '00000000-0000-7000-8000-000000000001';

describe('notifications', () => {
  let service: TestApp;
  let notifications: Notifications;

  beforeAll(async () => {
    service = await createTestApp();
    notifications = service.app.get(Notifications, { strict: false });
  });
  afterAll(() => service.close());

  const inUnitOfWork = (work: () => Promise<unknown>) =>
    service.app.get(UnitOfWork, { strict: false }).run(organizationId, work);

  const publish = (topic: string, payload: unknown) => inUnitOfWork(() => notifications.publish(topic, payload));

  it('arrive at every subscriber of their topic, in order, when the transaction commits', async () => {
    const [first, second, other] = [
      await notifications.subscribe('job 1'),
      await notifications.subscribe('job 1'),
      await notifications.subscribe('job 2'),
    ];
    await inUnitOfWork(async () => {
      await notifications.publish('job 1', { done: 1 });
      return new Conflict('rolled back');
    });
    await publish('job 1', { done: 2 });
    await publish('job 1', { done: 3 });
    await publish('job 2', 'end');
    for (const messages of [first, second]) {
      expect((await messages.next()).value).toEqual({ done: 2 });
      expect((await messages.next()).value).toEqual({ done: 3 });
    }
    expect((await other.next()).value).toBe('end');
    await Promise.all([first, second, other].map((messages) => messages.return!()));
  });

  it('come from other processes', async () => {
    const messages = await notifications.subscribe('elsewhere');
    await withClient(service.database.serviceUrl, (client) =>
      client.query('SELECT pg_notify($1, $2)', ['lectern', JSON.stringify({ topic: 'elsewhere', payload: 7 })]),
    );
    expect((await messages.next()).value).toBe(7);
    await messages.return!();
  });

  it('stop when the subscriber leaves, also while it waits', async () => {
    const messages = await notifications.subscribe('quiet');
    const waiting = messages.next();
    await messages.return!();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('end with an error when the connection is lost, and begin anew with the next subscription', async () => {
    const messages = await notifications.subscribe('lost');
    const waiting = messages.next();
    const failed = expect(waiting).rejects.toThrow();
    await withClient(service.database.ownerUrl, (client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'lectern listener'`),
    );
    await failed;
    const again = await notifications.subscribe('lost');
    await publish('lost', 'back');
    expect((await again.next()).value).toBe('back');
    await again.return!();
  });

  it('let a state be followed: as it is now, and after each change', async () => {
    let state = 'queued';
    const states = follow(await notifications.subscribe('state'), () => Promise.resolve(state));
    expect((await states.next()).value).toBe('queued');
    state = 'ready';
    await publish('state', null);
    expect((await states.next()).value).toBe('ready');
    const waiting = states.next();
    await states.return!();
    expect((await waiting).done).toBe(true);
  });
});
