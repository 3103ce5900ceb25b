/** A client of statement exports. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../../src/platform/database/server.js';
import type { Json } from './statements.js';
import type { ServiceUnderTest, TestApp } from './test-app.js';

export interface ExportState {
  readonly id: string;
  readonly format: string;
  readonly status: string;
  readonly progress: number;
  readonly statements: number;
  readonly bytes: number;
  readonly consistentThrough: string | null;
  readonly fileName: string;
  readonly url: string | null;
  readonly filter: string | null;
  readonly error: string | null;
  readonly expiresAt: string | null;
  readonly table: Json | null;
}

const FIELDS = `id format status progress statements bytes consistentThrough fileName url filter error expiresAt
  table { json language guardFormulas }`;

const START = `mutation ($input: ExportStatementsInput!) { exportStatements(input: $input) {
  ... on ExportStatementsSuccess { statementExport { ${FIELDS} } }
  ... on ValidationError { code problems { code message path } }
  ... on UserError { code message } } }`;

/** The answer of exportStatements as it came. */
export async function postExport(service: ServiceUnderTest, input: Json, key = service.adminKey): Promise<Json> {
  const { data, errors } = await service.graphql<{ exportStatements: Json }>(START, { input }, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.exportStatements;
}

/** Asks for an export. @returns its id */
export async function startExport(service: ServiceUnderTest, input: Json, key = service.adminKey): Promise<string> {
  const { statementExport } = (await postExport(service, input, key)) as { statementExport: ExportState };
  return statementExport.id;
}

export async function exportState(
  service: ServiceUnderTest,
  id: string,
  key = service.adminKey,
): Promise<ExportState | null> {
  const query = `query ($id: ID!) { statementExport(id: $id) { ${FIELDS} } }`;
  const { data, errors } = await service.graphql<{ statementExport: ExportState | null }>(query, { id }, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.statementExport;
}

/** Waits until the export is as asked for: has ended, unless something else is given. */
export async function exportThat(
  service: ServiceUnderTest,
  id: string,
  is = ({ status }: ExportState): boolean => status !== 'QUEUED' && status !== 'RUNNING',
  key = service.adminKey,
): Promise<ExportState> {
  for (;;) {
    const state = await exportState(service, id, key);
    if (state && is(state)) return state;
    await sleep(20);
  }
}

export function download(
  service: ServiceUnderTest,
  id: string,
  { key = service.adminKey, headers = {} }: { key?: string | null; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${service.url}/statement-exports/${id}`, {
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
  });
}

/** The bytes of a finished export. */
export async function fileOf(service: ServiceUnderTest, id: string, key = service.adminKey): Promise<Buffer> {
  const answer = await download(service, id, { key });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Asks for an export and waits for its file. */
export async function exported(
  service: ServiceUnderTest,
  input: Json,
  key = service.adminKey,
): Promise<ExportState & { readonly file: Buffer }> {
  const state = await exportThat(service, await startExport(service, input, key), undefined, key);
  if (state.status !== 'DONE') throw new Error(`${state.status}: ${state.error}`);
  return { ...state, file: await fileOf(service, state.id, key) };
}

export const linesOf = (file: Buffer): string[] => file.toString('utf8').split('\n').slice(0, -1);
export const statementsOf = (file: Buffer): Json[] => linesOf(file).map((line) => JSON.parse(line) as Json);

/** The body is of no interest, but a connection waits until it is read. */
export async function statusOf(answer: Promise<Response>): Promise<number> {
  const { status, body } = await answer;
  await body?.cancel();
  return status;
}

/** @returns credentials of a new organization's administrator */
export async function otherOrganization(service: ServiceUnderTest): Promise<string> {
  const create = `mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }`;
  const { data } = await service.graphql<{ createOrganization: { credentials: string } }>(create);
  return data.createOrganization.credentials;
}

/** @returns credentials of a new key with these scopes */
export async function keyOf(service: ServiceUnderTest, scopes: string[]): Promise<string> {
  const create = `mutation ($scopes: [Scope!]!) {
    createApiKey(input: { name: "a key", scopes: $scopes }) { ... on CreateApiKeySuccess { credentials } } }`;
  const { data } = await service.graphql<{ createApiKey: { credentials: string } }>(create, { scopes });
  return data.createApiKey.credentials;
}

/** As if so much time had passed since the export was done, also for the jobs that wait for it. */
export async function letTimePass({ database }: Pick<TestApp, 'database'>, id: string, time: string): Promise<void> {
  await withClient(database.ownerUrl, async (client) => {
    await client.query('UPDATE statement_exports SET expires_at = expires_at - $2::interval WHERE id = $1', [id, time]);
    await client.query(`UPDATE graphile_worker._private_jobs SET run_at = run_at - $2::interval WHERE key LIKE $1`, [
      `%${id}`,
      time,
    ]);
  });
}
