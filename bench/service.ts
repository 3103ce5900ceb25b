import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../src/config.js';
import { JsonLogger } from '../src/platform/logging/json-logger.js';
import { startService, type Service } from '../src/service.js';

const KEY = 'bench:a-secret-that-is-only-for-the-bench';

/** A service of its own with an embedded database, and what benchmarks do with it. */
export interface BenchService {
  readonly service: Service;
  /** The administrator's, `id:secret`. */
  readonly key: string;
  readonly authorization: string;
  /** @throws with the answer when there are errors. */
  graphql<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** Settings are environment variables, over those of the benchmarks: no job runs beside what is measured. */
export async function startBenchService(settings: Record<string, string> = {}): Promise<BenchService> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-'));
  const config = loadConfig({
    DATA_DIR: folder,
    PORT: '0',
    LECTERN_API_KEY: KEY,
    LOG_LEVEL: 'error',
    SAMPLE_COURSE: 'false',
    WORKER_CONCURRENCY: '0',
    ...settings,
  });
  const service = await startService(config, new JsonLogger('error'), (reason) => {
    throw reason;
  });
  const authorization = `Bearer ${KEY}`;
  return {
    service,
    key: KEY,
    authorization,
    graphql: (query, variables) => post(service.url, authorization, query, variables),
    close: async () => {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function post<Data>(url: string, authorization: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: Data; errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}
