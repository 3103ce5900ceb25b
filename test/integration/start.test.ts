import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ServiceProcess } from '../support/service-process.js';

jest.setTimeout(60_000);

describe('npm start', () => {
  let folder: string;
  let service: ServiceProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-start-'));
    service = await ServiceProcess.start(folder, { LECTERN_API_KEY: '', SAMPLE_COURSE: 'true' });
  });
  afterAll(async () => {
    await service.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('is ready when it says so, and says where everything is', async () => {
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    for (const place of ['/graphql', '/xapi', '/health/ready', join(folder, 'admin-key')]) {
      expect(service.greeting).toContain(place);
    }
  });

  it("makes an administrator's key that works, in a file for its owner only", async () => {
    const file = join(folder, 'admin-key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const key = (await readFile(file, 'utf8')).trim();
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });
    expect(service.greeting).not.toContain(key);
  });

  it('has the sample course, published, so that the first query returns something', async () => {
    const key = (await readFile(join(folder, 'admin-key'), 'utf8')).trim();
    const post = async (query: string) => {
      const answer = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return (
        (await answer.json()) as { data: Record<string, { nodes: { id: string; title: string; number: number }[] }> }
      ).data;
    };
    const courses = (await post('{ courses { nodes { id title } } }'))['courses']!.nodes;
    expect(courses.map(({ title }) => title)).toEqual(['Social media at work']);
    const versions = await post(`{ courseVersions(courseId: "${courses[0]!.id}") { nodes { number } } }`);
    expect(versions['courseVersions']!.nodes).toEqual([{ number: 1 }]);
  });

  it('refuses a second start on the same data folder in one sentence', async () => {
    const { code, output } = await ServiceProcess.fail(folder, {});
    expect(code).toBe(1);
    expect(lastLine(output)).toBe(
      `The data folder ${folder} is in use by another Lectern (process ${service.pid}): ` +
        'stop that one, or set DATA_DIR to another folder.',
    );
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });

  it('refuses a port that is in use, a wrong setting and an unreachable database, each in one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const inUse = await ServiceProcess.fail(join(folder, 'second'), { PORT: port });
    other.close();
    expect([inUse.code, lastLine(inUse.output)]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is in use by another program: stop that one, or set PORT to another port.`,
    ]);
    const wrong = await ServiceProcess.fail(join(folder, 'third'), { PORT: 'high' });
    expect([wrong.code, lastLine(wrong.output)]).toEqual([
      1,
      'PORT is "high", which is not accepted: it must be a whole number from 0 to 65535.',
    ]);
    const DATABASE_URL = `postgresql://someone:hush@127.0.0.1:${port}/none`;
    const unreachable = await ServiceProcess.fail(join(folder, 'fourth'), { DATABASE_URL });
    expect(unreachable.code).toBe(1);
    expect(lastLine(unreachable.output)).toMatch(
      /^The database at postgresql:\/\/127\.0\.0\.1:\d+\/none cannot be used: /,
    );
    expect(unreachable.output).not.toContain('hush');
  });

  it('tells of a wrong setting before it loads the application, which takes seconds', async () => {
    const { output } = await ServiceProcess.fail(join(folder, 'fifth'), { PORT: 'high', NODE_DEBUG: 'esm' });
    expect(output).toContain('/dist/src/config/settings.js');
    expect(output).not.toContain('/dist/src/service.js');
    expect(output).not.toContain('/node_modules/@nestjs/');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s and starts again', async (signal) => {
    const database = await service.databasePid();
    expect(await service.end(signal)).toBe(0);
    expect(() => process.kill(database, 0)).toThrow('ESRCH');
    service = await ServiceProcess.start(folder);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });
});

const lastLine = (text: string) => text.trim().split('\n').at(-1);
