/** Erasing people, and looking whether anything is left of them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { QueryResult } from 'pg';
import { keyOfAgent } from '../../modules/lrs/index.js';
import type { IdentityToErase } from '../../modules/lrs/index.js';
import { withClient } from '../../src/platform/database/server.js';
import type { Json } from './statements.js';
import { ADMIN_KEY } from './test-app.js';
import type { ServiceUnderTest, TestApp } from './test-app.js';
import { clusterUrl } from './test-database.js';

export interface ErasureShown {
  readonly id: string;
  readonly status: string;
  readonly content: string;
  readonly error: string | null;
  readonly counts: readonly { readonly kind: string; readonly count: number }[];
  readonly certificate: { readonly certificate: string; readonly signature: string } | null;
}

const ERASURE = `id status content requestedAt storedBefore finishedAt step error requestedBy { keyId } counts { kind count }
  certificate { certificate signature }`;

const FAILURE = '... on UserError { code message path }';

type Answer = Json & { readonly code?: string };

/** Erasures of one organization, by GraphQL. */
export class Eraser {
  constructor(
    private readonly service: ServiceUnderTest,
    private readonly key = ADMIN_KEY,
  ) {}

  /** Counts by kind. */
  async preview(person: Json): Promise<Record<string, number>> {
    const { erasurePreview } = await this.ask<{ erasurePreview: { counts: ErasureShown['counts'] } }>(
      `query ($person: PersonInput!) { erasurePreview(person: $person) {
         ... on ErasurePreviewSuccess { counts { kind count } } ${FAILURE} } }`,
      { person },
    );
    return byKind(erasurePreview.counts);
  }

  async request(person: Json, content = 'KEEP'): Promise<Answer> {
    const query = `mutation ($input: ErasePersonInput!) { erasePerson(input: $input) {
      ... on ErasePersonSuccess { erasure { ${ERASURE} } } ... on ValidationError { problems { code path } } ${FAILURE} } }`;
    return (await this.ask<{ erasePerson: Answer }>(query, { input: { person, content } })).erasePerson;
  }

  /** Erases, and waits for the end. */
  async erase(person: Json, content = 'KEEP'): Promise<ErasureShown> {
    const answer = await this.request(person, content);
    if (answer.code !== undefined) throw new Error(JSON.stringify(answer));
    return this.done((answer['erasure'] as ErasureShown).id);
  }

  async find(id: string): Promise<ErasureShown | null> {
    return (
      await this.ask<{ erasure: ErasureShown | null }>(`query ($id: ID!) { erasure(id: $id) { ${ERASURE} } }`, { id })
    ).erasure;
  }

  async done(id: string, patience = 60_000): Promise<ErasureShown> {
    for (const end = Date.now() + patience; ; await wait(50)) {
      const erasure = await this.find(id);
      if (erasure?.status === 'DONE') return erasure;
      if (Date.now() > end) throw new Error(`The erasure does not end: ${JSON.stringify(erasure)}`);
    }
  }

  async ask<Data>(query: string, variables: Json = {}): Promise<Data> {
    const { data, errors } = await this.service.graphql<Data>(query, variables, this.key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}

export const byKind = (counts: ErasureShown['counts']): Record<string, number> =>
  Object.fromEntries(counts.map(({ kind, count }) => [kind, count]));

export const certificateIn = ({ certificate }: ErasureShown): Json => JSON.parse(certificate!.certificate) as Json;

/** Every row of every table of the database, of the job queue, too, by table; seen past row-level security. */
export async function everyRow(ownerUrl: string): Promise<Map<string, string>> {
  const database = new URL(ownerUrl).pathname.slice(1);
  return withClient(clusterUrl(database), async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1`,
    );
    const dump = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
      dump.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return dump;
  });
}

/** Every file of the blob storage, by its path. */
export async function everyBlob(dataDirectory: string): Promise<Map<string, Buffer>> {
  const folder = join(dataDirectory, 'blobs');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
}

/**
 * In which tables and blobs something is left of somebody: texts as they are, in bytes as PostgreSQL writes them, and the
 * keys that are made of identifiers, which anybody could make again.
 */
export async function tracesLeft(
  { ownerUrl, dataDirectory }: { readonly ownerUrl: string; readonly dataDirectory: string },
  texts: readonly string[],
  actors: readonly IdentityToErase['actor'][] = [],
): Promise<string[]> {
  const keys = actors.map(keyOfAgent).flatMap((key) => [key, key.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')]);
  const wanted = [...texts.flatMap((text) => [text, Buffer.from(text).toString('hex')]), ...keys].map((text) =>
    text.toLowerCase(),
  );
  const found = (text: string) => wanted.some((one) => text.toLowerCase().includes(one));
  const tables = [...(await everyRow(ownerUrl))].filter(([, rows]) => found(rows)).map(([name]) => name);
  const blobs = [...(await everyBlob(dataDirectory))].filter(([, bytes]) => found(bytes.toString('latin1')));
  return [...tables, ...blobs.map(([name]) => name)];
}

/** The texts of all statements of the database, by id. */
export async function statementTexts(ownerUrl: string): Promise<Map<string, { text: string; position: string }>> {
  const database = new URL(ownerUrl).pathname.slice(1);
  return withClient(clusterUrl(database), async (client) => {
    const { rows } = await client.query<{ id: string; text: string; position: string }>(
      'SELECT id, payload::text AS text, position::text AS position FROM statements',
    );
    return new Map(rows.map(({ id, text, position }) => [id, { text, position }]));
  });
}

/** Sends SQL to the database of a service, past row-level security. */
export const sqlOf = (
  { database }: Pick<TestApp, 'database'>,
  text: string,
  parameters: unknown[] = [],
): Promise<QueryResult> =>
  withClient(clusterUrl(new URL(database.ownerUrl).pathname.slice(1)), (client) => client.query(text, parameters));
