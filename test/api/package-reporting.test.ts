import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { withClient } from '../../src/platform/database/server.js';
import { downloadPackage, exported, exportPackage, readPackage, type PackageAnswer } from '../support/exports.js';
import { textOf } from '../support/packages.js';
import { courseToImport, publishCourse, type PublishedCourse } from '../support/published-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { readZip } from '../support/zip-file.js';

interface Report {
  readonly endpoint: string;
  readonly authorization: string;
  readonly actorHomePage: string;
}

describe('a package that reports to the LRS', () => {
  let app: TestApp;
  let course: PublishedCourse;
  let otherCourse: PublishedCourse;

  beforeAll(async () => {
    app = await createTestApp();
    course = await publishCourse(app, courseToImport('reporting'));
    otherCourse = await publishCourse(app, courseToImport('another'));
  });
  afterAll(() => app.close());

  const reportOf = async (made: PackageAnswer): Promise<Report> => {
    const page = textOf(await readZip(await downloadPackage(app, made.id)), 'index.html');
    const settings = JSON.parse(/id="lectern-launch">(.*?)<\/script>/s.exec(page)![1]!) as { report: Report };
    return settings.report;
  };

  const send = async ({ endpoint, authorization, actorHomePage }: Report, courseId: string) => {
    const { status } = await fetch(`${endpoint}/statements`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'x-experience-api-version': '1.0.3' },
      body: JSON.stringify({
        id: randomUUID(),
        actor: { account: { homePage: actorHomePage, name: 'learner-1' } },
        verb: { id: 'http://adlnet.gov/expapi/verbs/initialized' },
        object: { id: `urn:lectern:course:${courseId}` },
        context: { registration: randomUUID() },
      }),
    });
    return status;
  };

  const exportReporting = (options: Record<string, unknown> = {}) =>
    exported(app, { versionId: course.versionId, options: { reportTo: 'LRS', ...options } });

  const revoke = (packageId: string) =>
    app.graphql<{ revokePackageKey: { __typename: string; package?: PackageAnswer } }>(
      `mutation ($packageId: ID!) { revokePackageKey(packageId: $packageId) {
         __typename ... on RevokePackageKeySuccess { package { reporting { revokedAt } } } } }`,
      { packageId },
    );

  it('carries a key that adds statements about its course, and does nothing else', async () => {
    const made = await exportReporting();
    const report = await reportOf(made);
    expect(report.endpoint).toBe(`${app.url}/xapi`);
    expect(await send(report, course.courseId)).toBe(200);
    expect(await send(report, otherCourse.courseId)).toBe(403);
    const read = await fetch(`${report.endpoint}/statements`, {
      headers: { authorization: report.authorization, 'x-experience-api-version': '1.0.3' },
    });
    expect(read.status).toBe(403);
    const bearer = atob(report.authorization.replace('Basic ', ''));
    const { errors } = await app.graphql('{ packages { nodes { id } } }', {}, bearer);
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('has a key that expires after two years, and whose secret is neither in the database nor in the log', async () => {
    const made = await exportReporting();
    const years = (Date.parse(made.reporting!.expiresAt) - Date.now()) / (365.25 * 86_400_000);
    expect(years).toBeCloseTo(2, 1);
    const secret = atob((await reportOf(made)).authorization.replace('Basic ', '')).split(':')[1]!;
    const stored = await withClient(app.database.ownerUrl, async (client) => {
      await client.query(`SELECT set_config('lectern.organization_id', '00000000-0000-7000-8000-000000000001', false)`);
      const { rows } = await client.query<{ row: string }>(
        'SELECT packages::text AS row FROM packages UNION ALL SELECT api_keys::text FROM api_keys',
      );
      return rows.map(({ row }) => row).join();
    });
    expect(stored).toContain(made.reporting!.keyId);
    expect(stored + app.logs()).not.toContain(secret);
  });

  it('tells learners of two learning management systems apart by the address given', async () => {
    expect((await reportOf(await exportReporting())).actorHomePage).toBe(app.url);
    const made = await exportReporting({ learnerHomePage: 'https://lms.example.com' });
    expect((await reportOf(made)).actorHomePage).toBe('https://lms.example.com');
  });

  it('is silenced at once when its key is revoked; the next export has a new key', async () => {
    const options = { language: 'fr' };
    const silenced = await exportReporting(options);
    const oldReport = await reportOf(silenced);
    expect(await send(oldReport, course.courseId)).toBe(200);
    const { data } = await revoke(silenced.id);
    expect(data.revokePackageKey.package!.reporting!.revokedAt).not.toBeNull();
    expect(await send(oldReport, course.courseId)).toBe(401);
    expect((await readPackage(app, silenced.id))!.reporting!.revokedAt).not.toBeNull();

    const next = await exportReporting(options);
    expect(next.id).not.toBe(silenced.id);
    expect(await send(await reportOf(next), course.courseId)).toBe(200);
    expect(await send(oldReport, course.courseId)).toBe(401);
    expect((await exportReporting(options)).id).toBe(next.id);
  });

  it('has no key to revoke when it does not report', async () => {
    const silent = await exported(app, { versionId: course.versionId });
    expect((await revoke(silent.id)).data.revokePackageKey.__typename).toBe('ConflictError');
  });

  it('can be followed until it is there', async () => {
    const { package: begun } = await exportPackage(app, {
      versionId: otherCourse.versionId,
      options: { language: 'es' },
    });
    const client = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${app.adminKey}` },
      webSocketImpl: WebSocket,
    });
    const query = `subscription { packageProgress(id: "${begun!.id}") { status progress version { number } url } }`;
    const states: { status: string; progress: number; url: string | null }[] = [];
    for await (const { data, errors } of client.iterate<{ packageProgress: (typeof states)[number] }>({ query })) {
      expect(errors).toBeUndefined();
      states.push(data!.packageProgress);
    }
    expect(states.at(-1)).toMatchObject({ status: 'DONE', progress: 100, version: { number: 1 } });
    expect((await fetch(states.at(-1)!.url!)).status).toBe(200);
    await client.dispose();
  });
});
