import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { downloadPackage, exportPackage, packageThat } from '../support/exports.js';
import { courseToImport, publishCourse } from '../support/published-course.js';
import { ServiceProcess } from '../support/service-process.js';
import { serviceAt, type ServiceUnderTest } from '../support/test-app.js';
import { readZip } from '../support/zip-file.js';

jest.setTimeout(120_000);

const TEXT_BYTES = 24 * 1024 * 1024;

describe('a package whose making is cut off', () => {
  it('is made by the next start of the service', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-package-crash-'));
    let process = await ServiceProcess.start(folder);
    try {
      const { versionId } = await publishLargeCourse(serviceAt(process.url));
      const { package: begun } = await exportPackage(serviceAt(process.url), { versionId });
      await packageThat(serviceAt(process.url), begun!.id, ({ status }) => status === 'RUNNING');
      await process.end('SIGKILL');

      process = await ServiceProcess.start(folder);
      const service = serviceAt(process.url);
      const made = await packageThat(service, begun!.id);
      expect(made.error).toBeNull();
      const entries = await readZip(await downloadPackage(service, made.id));
      expect(entries.find(({ name }) => name.endsWith('.txt'))!.content).toHaveLength(TEXT_BYTES);
    } finally {
      await process.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** A course with a text that takes a second to compress, so that there is time to cut it off. */
async function publishLargeCourse(service: ServiceUnderTest): Promise<{ versionId: string }> {
  const form = new FormData();
  form.append('file', new Blob([randomBytes(TEXT_BYTES / 2).toString('hex')]), 'handout.txt');
  const headers = { authorization: `Bearer ${service.adminKey}` };
  const response = await fetch(`${service.url}/assets`, { method: 'POST', headers, body: form });
  const { id: assetId } = (await response.json()) as { id: string };
  const block = { kind: 'download', externalId: 'download', asset: 'handout', title: 'Handout' };
  const lesson = { kind: 'page', externalId: 'page', title: 'Handout', blocks: [block] };
  return publishCourse(
    service,
    courseToImport('large', {
      completionRule: 'ALL_REQUIRED_LESSONS',
      assets: [{ externalId: 'handout', fileName: 'handout.txt', assetId }],
      sections: [{ externalId: 'section', title: 'Section', lessons: [lesson] }],
    }),
  );
}
