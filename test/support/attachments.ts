/** What tests of attachments do with a service: store, and look at what lies in its storage and its tables. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { messageOf, partOf, sendMultipart, sha256, statementsPart } from './multipart.js';
import type { SentPart } from './multipart.js';
import { minimalStatement } from './statements.js';
import type { Json } from './statements.js';
import type { TestApp } from './test-app.js';

/** A statement of its own activity, with attachments. */
export const statementWith = (attachments: readonly Json[], more: Json = {}): Json =>
  minimalStatement({ id: randomUUID(), object: { id: `urn:activity:${randomUUID()}` }, attachments, ...more });

/** Sends statements with these bytes; must be taken. */
export async function storeWith(
  app: TestApp,
  statements: Json | readonly Json[],
  ...bytes: readonly Buffer[]
): Promise<void> {
  const answer = await sendMultipart(app, messageOf([statementsPart(statements), ...bytes.map((one) => partOf(one))]));
  expect([answer.status, answer.bytes.toString()]).toEqual([200, expect.anything()]);
}

/** Compared by their hashes: comparing buffers element by element takes its time. */
export const expectBytes = (parts: readonly SentPart[], ...expected: readonly Buffer[]): void =>
  expect(parts.map(({ bytes }) => sha256(bytes))).toEqual(expected.map(sha256));

/** Every file of the blob storage: attachments, and drafts of something. */
export async function blobsOf(app: TestApp): Promise<string[]> {
  const folder = join(app.config.dataDirectory, 'blobs');
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort();
}

/** Rows of the default organization. */
export async function rowsOf(app: TestApp, sql: string, parameters: unknown[] = []): Promise<Json[]> {
  return withClient(app.database.ownerUrl, async (client) => {
    await client.query(`SET lectern.organization_id = '${DEFAULT_ORGANIZATION_ID}'`);
    return (await client.query<Json>(sql, parameters)).rows;
  });
}
