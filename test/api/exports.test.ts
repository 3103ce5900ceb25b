import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '../../src/platform/database/server.js';
import {
  askForPackage,
  downloadPackage,
  exported,
  exportPackage,
  packageThat,
  readPackage,
} from '../support/exports.js';
import { validateManifest } from '../support/manifest.js';
import { textOf } from '../support/packages.js';
import { courseToImport, publishCourse, type PublishedCourse } from '../support/published-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { readZip, readZipFromTheFront } from '../support/zip-file.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('exporting a package', () => {
  let app: TestApp;
  let course: PublishedCourse;

  beforeAll(async () => {
    app = await createTestApp();
    course = await publishCourse(app, courseToImport('think-before-you-post'));
  });
  afterAll(() => app.close());

  const sql = (text: string, parameters: unknown[] = []) =>
    withClient(app.database.ownerUrl, async (client) => {
      // The owner is subject to row-level security as well.
      await client.query(`SELECT set_config('lectern.organization_id', '00000000-0000-7000-8000-000000000001', false)`);
      return client.query(text, parameters);
    });

  const keyWith = async (scope: string) => {
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation ($scope: Scope!) { createApiKey(input: { name: "Test", scopes: [$scope] }) {
         ... on CreateApiKeySuccess { credentials } } }`,
      { scope },
    );
    return data.createApiKey.credentials;
  };

  it('makes the zip that its size and hash tell', async () => {
    const made = await exported(app, { versionId: course.versionId });
    const zip = await downloadPackage(app, made.id);
    expect({ bytes: zip.length, sha256: sha256(zip) }).toEqual({ bytes: made.bytes, sha256: made.sha256 });
    expect(made).toMatchObject({
      progress: 100,
      error: null,
      fileName: 'think-before-you-post-v1-scorm-1-2.zip',
      version: { id: course.versionId, number: 1 },
      options: { masteryScore: false },
      reporting: null,
    });
    const entries = await readZip(zip);
    validateManifest(entries);
    expect(readZipFromTheFront(zip)).toHaveLength(entries.length);
    expect(entries.some(({ name }) => name.endsWith('.svg'))).toBe(true);
  });

  it('answers an equal request with the package that is there, and another one with another package', async () => {
    const first = await exported(app, { versionId: course.versionId });
    const window = { width: 1024, height: 768 };
    const same = await exportPackage(app, {
      versionId: course.versionId,
      options: { masteryScore: false, window: null },
    });
    expect(same.package).toMatchObject({ id: first.id, status: 'DONE' });
    const other = await exported(app, { versionId: course.versionId, options: { masteryScore: true, window } });
    expect(other.id).not.toBe(first.id);
    const entries = await readZip(await downloadPackage(app, other.id));
    expect(textOf(entries, 'imsmanifest.xml')).toContain('<adlcp:masteryscore>80</adlcp:masteryscore>');
    expect(textOf(entries, 'index.html')).toContain('"window":{"width":1024,"height":768}');
  });

  it('makes one package of requests that come at the same time', async () => {
    const requests = Array.from({ length: 5 }, () =>
      exportPackage(app, { versionId: course.versionId, options: { language: 'de' } }),
    );
    const ids = (await Promise.all(requests)).map((answer) => answer.package!.id);
    expect(new Set(ids).size).toBe(1);
    await packageThat(app, ids[0]!);
  });

  it('gives the same bytes when the package is made once more', async () => {
    const first = await exported(app, { versionId: course.versionId, options: { reportTo: 'LRS' } });
    await sql(`UPDATE packages SET status = 'FAILED' WHERE id = $1`, [first.id]);
    const second = await exported(app, { versionId: course.versionId, options: { reportTo: 'LRS' } });
    expect(second.id).not.toBe(first.id);
    expect(second.sha256).toBe(first.sha256);
  });

  it('does a job again that ended with its process', async () => {
    const made = await exported(app, { versionId: course.versionId, options: { language: 'fr' } });
    await sql(`UPDATE packages SET status = 'RUNNING', progress = 40, bytes = NULL, sha256 = NULL WHERE id = $1`, [
      made.id,
    ]);
    await sql(`SELECT enqueue_job('build-package', $1, NULL, 1)`, [
      JSON.stringify({ organizationId: '00000000-0000-7000-8000-000000000001', packageId: made.id }),
    ]);
    expect(await packageThat(app, made.id)).toMatchObject({ sha256: made.sha256, bytes: made.bytes, progress: 100 });
  });

  it('gives up on a job that ended with its process again and again, and says so', async () => {
    const made = await exported(app, { versionId: course.versionId, options: { language: 'it' } });
    await sql(`UPDATE packages SET status = 'RUNNING', attempts = 5 WHERE id = $1`, [made.id]);
    await sql(`SELECT enqueue_job('build-package', $1, NULL, 1)`, [
      JSON.stringify({ organizationId: '00000000-0000-7000-8000-000000000001', packageId: made.id }),
    ]);
    const failed = await packageThat(app, made.id, ({ status }) => status === 'FAILED');
    expect(failed.error).toContain('stopped each time');
    expect(failed.url).toBeNull();
  });

  it('says why an attempt failed, and tries again', async () => {
    const extra = { externalId: 'extra', fileName: 'extra.txt', text: 'A file that will be missing for a while.' };
    const block = { kind: 'download', externalId: 'download', asset: 'extra', title: 'Extra' };
    const lessons = [{ kind: 'page', externalId: 'page', title: 'Page', blocks: [block] }];
    const document = courseToImport('missing-file', {
      assets: [extra],
      sections: [{ externalId: 'section', title: 'Section', lessons }],
      completionRule: 'ALL_REQUIRED_LESSONS',
    });
    const { versionId } = await publishCourse(app, document);
    const hash = sha256(Buffer.from(extra.text));
    const folder = join(app.config.dataDirectory, 'blobs/assets/00000000-0000-7000-8000-000000000001');
    const blob = join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
    await rename(blob, `${blob}.away`);
    const { package: begun } = await exportPackage(app, { versionId });
    const waiting = await packageThat(app, begun!.id, ({ error }) => error !== null);
    expect(waiting).toMatchObject({ status: 'QUEUED', url: null });
    expect(waiting.error).toContain(hash);
    await rename(`${blob}.away`, blob);
    expect(await packageThat(app, begun!.id)).toMatchObject({ status: 'DONE', error: null });
  });

  it('answers a repeated request with an idempotency key as it did first', async () => {
    const input = { versionId: course.versionId, idempotencyKey: 'export-1' };
    const first = await exportPackage(app, input);
    expect(await exportPackage(app, input)).toMatchObject({ package: { id: first.package!.id } });
    expect(await exportPackage(app, { ...input, options: { masteryScore: true } })).toMatchObject({
      __typename: 'ConflictError',
    });
  });

  it('refuses options that do not fit the course, and input that is wrong', async () => {
    const page = { kind: 'page', externalId: 'p', title: 'Page', blocks: [{ kind: 'text', body: 'Text' }] };
    const { versionId } = await publishCourse(
      app,
      courseToImport('no-assessment', {
        completionRule: 'ALL_REQUIRED_LESSONS',
        sections: [{ externalId: 's', title: 'Section', lessons: [page] }],
      }),
    );
    expect(await exportPackage(app, { versionId, options: { masteryScore: true } })).toMatchObject({
      __typename: 'ValidationError',
      problems: [{ code: 'NO_MASTERY_SCORE', path: ['options', 'masteryScore'] }],
    });
    const wrong = { window: { width: 1, height: 768 }, language: 'en_US', learnerHomePage: 'nowhere' };
    const { problems } = await exportPackage(app, { versionId, options: wrong });
    expect(problems!.map(({ path }) => path.join('.')).sort()).toEqual([
      'options.language',
      'options.learnerHomePage',
      'options.window.width',
    ]);
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(await exportPackage(app, { versionId: unknown })).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('lists packages, the newest first, also those of one version', async () => {
    const { versionId } = await publishCourse(app, courseToImport('to-be-listed'));
    const one = await exported(app, { versionId });
    const two = await exported(app, { versionId, options: { masteryScore: true } });
    const { data } = await app.graphql<{ packages: { nodes: unknown[]; totalCount: number } }>(
      `query ($versionId: ID) { packages(versionId: $versionId, first: 5) { nodes { id version { number } } totalCount } }`,
      { versionId },
    );
    const version = { number: 1 };
    expect(data.packages).toEqual({
      nodes: [
        { id: two.id, version },
        { id: one.id, version },
      ],
      totalCount: 2,
    });
  });

  it('needs the scope PUBLISH to export, AUTHOR or PUBLISH to read', async () => {
    const made = await exported(app, { versionId: course.versionId });
    const [author, publisher, reader] = await Promise.all(['AUTHOR', 'PUBLISH', 'RECORDS_READ'].map(keyWith));
    const download = async (key: string) =>
      (
        await fetch(`${app.url}/packages/${made.id}.zip`, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${key}` },
        })
      ).status;
    const input = { versionId: course.versionId };
    const codeOf = async (key: string) => (await askForPackage(app, input, key)).errors?.[0]?.extensions?.['code'];
    expect([await codeOf(author!), await codeOf(publisher!), await codeOf(reader!)]).toEqual([
      'FORBIDDEN',
      undefined,
      'FORBIDDEN',
    ]);
    expect([await download(author!), await download(publisher!), await download(reader!)]).toEqual([200, 200, 403]);
    await expect(readPackage(app, made.id, reader)).rejects.toThrow('FORBIDDEN');
  });

  it('shows nothing of it to another organization', async () => {
    const made = await exported(app, { versionId: course.versionId });
    const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
      'mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }',
    );
    const other = data.createOrganization.credentials;
    expect(await readPackage(app, made.id, other)).toBeNull();
    expect(await exportPackage(app, { versionId: course.versionId }, other)).toMatchObject({
      __typename: 'NotFoundError',
    });
    const response = await fetch(`${app.url}/packages/${made.id}.zip`, {
      headers: { authorization: `Bearer ${other}` },
    });
    expect(response.status).toBe(404);
    const revoke = `mutation ($id: ID!) { revokePackageKey(packageId: $id) { __typename } }`;
    expect((await app.graphql(revoke, { id: made.id }, other)).data).toEqual({
      revokePackageKey: { __typename: 'NotFoundError' },
    });
  });
});
