import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '../../src/config.js';
import type { Config } from '../../src/config.js';
import { JsonLogger } from '../../src/platform/logging/json-logger.js';
import { startService } from '../../src/service.js';
import { createTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';

/** The administrator's key of every test service. */
export const ADMIN_KEY = 'test-admin:a-secret-that-is-only-for-tests';

export interface GraphqlAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

/** A service to talk to, wherever it runs. */
export interface ServiceUnderTest {
  readonly url: string;
  readonly adminKey: string;
  /** Posts an operation; the key is `id:secret`, the administrator's unless given, and none at all for null. */
  graphql<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    key?: string | null,
  ): Promise<GraphqlAnswer<Data>>;
}

/** A whole service on a free port with a database of its own. */
export interface TestApp extends ServiceUnderTest {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly database: TestDatabase;
  /** Everything logged so far. */
  logs(): string;
  close(): Promise<void>;
}

/** A service at an address, with the administrator's key of the tests. */
export const serviceAt = (url: string): ServiceUnderTest => ({
  url,
  adminKey: ADMIN_KEY,
  graphql: (query, variables = {}, key = ADMIN_KEY) => postGraphql(url, query, variables, key),
});

/** Starts a service. Settings are environment variables, over those of the tests. */
export async function createTestApp(settings: Record<string, string> = {}): Promise<TestApp> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'lectern-app-'));
  const database = await createTestDatabase();
  const config = loadConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDirectory,
    DATABASE_URL: database.ownerUrl,
    LECTERN_API_KEY: ADMIN_KEY,
    LECTERN_SECRET: 'an-installation-secret-for-tests-only',
    SAMPLE_COURSE: 'false',
    LOG_LEVEL: 'debug',
    ...settings,
  });
  const log = new LogCollector();
  const service = await startService(config, new JsonLogger(config.logLevel, log.stream), (reason) => {
    throw reason;
  });
  return {
    app: service.app,
    ...serviceAt(service.url),
    config,
    database,
    logs: () => log.text,
    close: async () => {
      await service.close();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function postGraphql<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  key: string | null,
): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer<Data>;
}

class LogCollector {
  text = '';
  readonly stream = new PassThrough().setEncoding('utf8').on('data', (line: string) => (this.text += line));
}
