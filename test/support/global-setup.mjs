import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts one embedded PostgreSQL for the whole run; test files clone databases in it (see test-database.ts). */
export default async function setUp() {
  // As in `npm start`. Outside of production graphql checks each value for a second copy of itself.
  process.env['NODE_ENV'] = 'production';
  const folder = await mkdtemp(join(tmpdir(), 'lectern-test-'));
  const { EmbeddedPostgres } = await loadSupervisor();
  const server = await EmbeddedPostgres.start({
    directory: join(folder, 'postgres'),
    // Speed before durability: crash.test.ts, which is about durability, starts a service of its own.
    parameters: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
      // Each table that a test drops or empties is searched for in all of them.
      shared_buffers: '128MB',
    },
    onLost: (reason) => {
      throw reason;
    },
  });
  process.env['TEST_CLUSTER_URL'] = server.url('postgres');
  globalThis.stopTestCluster = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Jest does not transform what its global set-up imports, so the supervisor is translated here. */
async function loadSupervisor() {
  const outfile = join(root, 'node_modules/.cache/lectern/embedded-postgres.mjs');
  await build({
    entryPoints: [join(root, 'src/platform/database/embedded/embedded-postgres.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
