import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { downloadPackage, exported, type PackageAnswer } from '../support/exports.js';
import { courseToImport, publishCourse } from '../support/published-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

describe('downloading a package', () => {
  let app: TestApp;
  let made: PackageAnswer;
  let whole: Buffer;

  beforeAll(async () => {
    app = await createTestApp();
    const { versionId } = await publishCourse(app, courseToImport('think-before-you-post'));
    made = await exported(app, { versionId });
    whole = await downloadPackage(app, made.id);
  });
  afterAll(() => app.close());

  const get = (headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${app.url}/packages/${made.id}.zip`, {
      method,
      headers: { authorization: `Bearer ${app.adminKey}`, ...headers },
    });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  it('tells type, size, hash and the name to save it by', async () => {
    const { status, headers } = await get();
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(whole.length),
      'content-disposition': 'attachment; filename="think-before-you-post-v1-scorm-1-2.zip"',
      'accept-ranges': 'bytes',
      etag: `"${made.sha256}"`,
    });
  });

  it('answers HEAD with the same headers and no body', async () => {
    const response = await get({}, 'HEAD');
    expect(response.headers.get('content-length')).toBe(String(whole.length));
    expect(await bytesOf(response)).toHaveLength(0);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, undefined],
    ['bytes=-50', -50, undefined],
  ])('gives the part that %s asks for', async (range, start, end) => {
    const response = await get({ range });
    const part = whole.subarray(start, end === undefined ? undefined : end + 1);
    const first = start < 0 ? whole.length + start : start;
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${first + part.length - 1}/${whole.length}`);
    expect((await bytesOf(response)).equals(part)).toBe(true);
  });

  it('answers 416 to a part beyond the end, and the whole to several parts', async () => {
    const beyond = await get({ range: `bytes=${whole.length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${whole.length}`);
    const several = await get({ range: 'bytes=0-1,5-6' });
    expect(several.status).toBe(200);
    expect((await bytesOf(several)).equals(whole)).toBe(true);
  });

  it('goes on with a part only of the same bytes (If-Range)', async () => {
    const part = (tag: string) => get({ range: 'bytes=0-9', 'if-range': tag });
    expect((await part(`"${made.sha256}"`)).status).toBe(206);
    expect((await part('"other"')).status).toBe(200);
  });

  it('answers 304 to whoever has these bytes', async () => {
    const response = await get({ 'if-none-match': `W/"x", "${made.sha256}"`, range: 'bytes=0-9' });
    expect(response.status).toBe(304);
    expect(await bytesOf(response)).toHaveLength(0);
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('opens to a browser by the link, which belongs to this package alone', async () => {
    const url = new URL(made.url!);
    expect(url.pathname).toMatch(/\/think-before-you-post-v1-scorm-1-2\.zip$/);
    const linked = await fetch(url);
    expect(linked.status).toBe(200);
    expect((await bytesOf(linked)).equals(whole)).toBe(true);

    const [, , id, token, name] = url.pathname.split('/') as [string, string, string, string, string];
    const status = async (path: string) => (await fetch(`${url.origin}${path}`)).status;
    const otherPackage = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(await status(`/packages/${otherPackage}/${token}/${name}`)).toBe(404);
    const [organization, expires, signature] = token.split('.') as [string, string, string];
    expect(await status(`/packages/${id}/${organization}.${Number(expires) + 60}.${signature}/${name}`)).toBe(404);
    expect(await status(`/packages/${id}/nonsense/${name}`)).toBe(404);
    expect(await status(`/packages/not-an-id/${token}/${name}`)).toBe(400);
  });

  it('has nothing at other addresses, and nothing without a key', async () => {
    const status = async (
      path: string,
      headers: Record<string, string> = { authorization: `Bearer ${app.adminKey}` },
    ) => (await fetch(`${app.url}${path}`, { headers })).status;
    expect(await status(`/packages/${made.id}.zip`, {})).toBe(401);
    expect(await status(`/packages/${made.id}`)).toBe(404);
    expect(await status('/packages/01890a5d-ac96-774b-bcce-b302099a8057.zip')).toBe(404);
    expect(await status('/packages/..%2f..%2fadmin-key.zip')).toBe(404);
  });
});
