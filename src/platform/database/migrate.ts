import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Logger as WorkerLogger, runMigrations as migrateJobQueue } from 'graphile-worker';
import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';
import { grantToServiceRole, withClient } from './server.js';

type MigrationClass = new () => MigrationInterface;

const DIRECTORY = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** Any number will do, as long as no other user of the database takes the same. */
const ADVISORY_LOCK = 5_318_008_001;

/** Every migration, oldest first: one class a file, named `<timestamp>-<verb>-<noun>`. */
export async function loadMigrations(): Promise<MigrationClass[]> {
  const names = (await readdir(DIRECTORY)).filter((name) => /^\d{13}-[a-z0-9-]+\.(js|ts)$/.test(name)).sort();
  const migrations: MigrationClass[] = [];
  for (const name of names) {
    const file = (await import(`../../../migrations/${name}`)) as Record<string, unknown>;
    const classes = Object.values(file).filter((value) => typeof value === 'function');
    if (classes.length !== 1) throw new Error(`migrations/${name} must export exactly one class.`);
    migrations.push(classes[0] as MigrationClass);
  }
  return migrations;
}

/** A connection of the owner that knows the migrations and nothing else. */
export async function migrationSource(ownerUrl: string): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: await loadMigrations(),
    migrationsTransactionMode: 'each',
    installExtensions: false,
    poolSize: 2,
  });
}

/** Brings the schema up to date. Processes that start at once wait for one another. */
export async function migrate(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await migrateJobQueue({ connectionString: ownerUrl, logger: new WorkerLogger(() => () => undefined) });
    const source = await (await migrationSource(ownerUrl)).initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
    await grantToServiceRole(client);
  });
}
