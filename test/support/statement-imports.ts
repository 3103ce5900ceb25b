/** A client of /statement-imports. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceUnderTest } from './test-app.js';

export interface ImportState {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly lines: number;
  readonly stored: number;
  readonly refused: number;
  readonly error: string | null;
  readonly fileName: string | null;
  readonly refusals: { readonly nodes: readonly Refusal[] };
}

interface Refusal {
  readonly line: number;
  readonly statementId: string | null;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

const FIELDS = `id status progress lines stored refused error fileName
  refusals(first: 100) { nodes { line statementId code message path } }`;

/** Posts a file; the answer as it came. */
export function postImport(
  service: ServiceUnderTest,
  file: Buffer | string | Readable,
  { key = service.adminKey, type = 'application/x-ndjson', query = '' } = {},
): Promise<Response> {
  return fetch(`${service.url}/statement-imports${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    ...(file instanceof Readable
      ? { body: Readable.toWeb(file) as ReadableStream, duplex: 'half' }
      : { body: typeof file === 'string' ? file : new Uint8Array(file) }),
  });
}

export async function importState(
  service: ServiceUnderTest,
  id: string,
  key = service.adminKey,
): Promise<ImportState | null> {
  const query = `query ($id: ID!) { statementImport(id: $id) { ${FIELDS} } }`;
  const { data, errors } = await service.graphql<{ statementImport: ImportState | null }>(query, { id }, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.statementImport;
}

/** Waits until the import is as asked for: has ended, unless something else is given. */
export async function importThat(
  service: ServiceUnderTest,
  id: string,
  is = ({ status }: ImportState): boolean => ['DONE', 'FAILED', 'CANCELLED'].includes(status),
  key = service.adminKey,
): Promise<ImportState> {
  for (;;) {
    const state = await importState(service, id, key);
    if (state && is(state)) return state;
    await sleep(20);
  }
}

/** Posts a file and waits for its end. */
export async function importAll(
  service: ServiceUnderTest,
  file: Buffer | string,
  key = service.adminKey,
): Promise<ImportState> {
  const answer = await postImport(service, file, { key });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
  return importThat(service, ((await answer.json()) as { id: string }).id, undefined, key);
}
