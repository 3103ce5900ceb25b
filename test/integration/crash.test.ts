import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ServiceProcess } from '../support/service-process.js';
import { minimalStatement, XAPI_VERSION } from '../support/statements.js';
import { ADMIN_KEY } from '../support/test-app.js';

const HEADERS = {
  authorization: `Bearer ${ADMIN_KEY}`,
  'content-type': 'application/json',
  'x-experience-api-version': XAPI_VERSION,
};

const CREATE = `mutation ($input: CreateCourseInput!) {
  createCourse(input: $input) { ... on CreateCourseSuccess { course { id } } } }`;

/** What the service has said yes to: courses over GraphQL, statements over xAPI. */
interface Acknowledged {
  readonly courses: string[];
  readonly statements: string[];
}

jest.setTimeout(120_000);

describe('what was acknowledged', () => {
  let folder: string;
  let service: ServiceProcess;
  // One data folder for all of them: whatever was killed before, the service is whole again.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-crash-'));
    service = await ServiceProcess.start(folder);
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  it('is there after service and database are killed while it is written, and the next start needs no help', async () => {
    const acknowledged: Acknowledged = { courses: [], statements: [] };
    const writers = startWriters(service.url, acknowledged);
    await until(() => acknowledged.courses.length > 30 && acknowledged.statements.length > 100);
    process.kill(await service.databasePid(), 'SIGKILL');
    await service.end('SIGKILL');
    await writers.stop();
    service = await ServiceProcess.start(folder);
    expect(await missing(service.url, acknowledged)).toEqual({ courses: [], statements: [] });
  });

  it('is there after the database alone is killed, and the service goes on by itself', async () => {
    const acknowledged: Acknowledged = { courses: [], statements: [] };
    const writers = startWriters(service.url, acknowledged);
    await until(() => acknowledged.statements.length > 50);
    const killed = await service.databasePid();
    process.kill(killed, 'SIGKILL');
    const before = acknowledged.statements.length;
    await until(() => acknowledged.statements.length > before + 50);
    await writers.stop();
    expect(await service.databasePid()).not.toBe(killed);
    expect(await missing(service.url, acknowledged)).toEqual({ courses: [], statements: [] });
  });

  it('is there after the service alone is killed; its database does not outlive it', async () => {
    const acknowledged: Acknowledged = { courses: [], statements: [] };
    const writers = startWriters(service.url, acknowledged);
    await until(() => acknowledged.statements.length > 50);
    const database = await service.databasePid();
    await service.end('SIGKILL');
    await writers.stop();
    await until(() => !isAlive(database));
    service = await ServiceProcess.start(folder);
    expect(await missing(service.url, acknowledged)).toEqual({ courses: [], statements: [] });
  });
});

/** Writes from four clients at once until they are stopped or the service is gone; errors of the service are passed over. */
function startWriters(url: string, acknowledged: Acknowledged): { stop(): Promise<void> } {
  let stopped = false;
  const write = async (once: (index: number) => Promise<void>) => {
    for (let index = 0; !stopped; index += 1) {
      try {
        await once(index);
      } catch (error) {
        // fetch's error when nobody listens or the connection breaks; the class is of another realm under Jest
        if ((error as Error).name === 'TypeError') return;
        throw error;
      }
    }
  };
  const clients = ['a', 'b'].flatMap((client) => [
    write((index) => createCourse(url, `${client}-${index}`, acknowledged)),
    write(() => storeStatements(url, acknowledged)),
  ]);
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
    },
  };
}

async function createCourse(url: string, slug: string, acknowledged: Acknowledged): Promise<void> {
  const content = { title: slug, slug, language: 'en', objectives: [], completionRule: 'ALL_REQUIRED_LESSONS' };
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ query: CREATE, variables: { input: { content } } }),
  });
  const { data } = (await answer.json()) as { data?: { createCourse?: { course?: { id: string } } } };
  const id = data?.createCourse?.course?.id;
  if (id !== undefined) acknowledged.courses.push(id);
}

async function storeStatements(url: string, acknowledged: Acknowledged): Promise<void> {
  const body = JSON.stringify(Array.from({ length: 5 }, () => minimalStatement()));
  const answer = await fetch(`${url}/xapi/statements`, { method: 'POST', headers: HEADERS, body });
  if (answer.ok) acknowledged.statements.push(...((await answer.json()) as string[]));
}

/** Those of the acknowledged that the service does not know. */
async function missing(url: string, { courses, statements }: Acknowledged): Promise<Acknowledged> {
  const lost: Acknowledged = { courses: [], statements: [] };
  for (const id of courses) {
    const query = `query ($id: ID!) { course(id: $id) { id } }`;
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ query, variables: { id } }),
    });
    const { data } = (await answer.json()) as { data?: { course?: { id?: string } } };
    if (data?.course?.id !== id) lost.courses.push(id);
  }
  for (const id of statements) {
    const answer = await fetch(`${url}/xapi/statements?statementId=${id}`, { headers: HEADERS });
    if (answer.status !== 200) lost.statements.push(id);
  }
  return lost;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
