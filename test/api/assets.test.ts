import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BlobStorage } from '../../src/platform/storage/blob-storage.js';
import { zipOf } from '../support/one-file-zip.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#1f5d7a"/></svg>';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Answer {
  id: string;
  mediaType: string;
  sha256: string;
  bytes: number;
  error: { code: string; message: string; problems: { code: string; message: string; hint?: string }[] };
}

describe('assets', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp({ MAX_UPLOAD_BYTES: '6000000' });
  });
  afterAll(() => app.close());

  async function upload(
    fileName: string,
    body: Buffer | string,
    fields: Record<string, string> = {},
    key = app.adminKey,
  ) {
    // Written by hand: FormData would clean the file name that a test wants to smuggle in.
    const boundary = 'lectern-test-boundary';
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    const response = await fetch(`${app.url}/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  }

  const codesOf = (answer: { body: Answer }) => answer.body.error.problems.map(({ code }) => code);

  async function countAssets(): Promise<number> {
    const { data } = await app.graphql<{ assets: { totalCount: number } }>('{ assets(first: 1) { totalCount } }');
    return data.assets.totalCount;
  }

  it('stores an uploaded file by its content and gives it back byte by byte', async () => {
    const { status, body } = await upload('dot.png', PNG);
    expect({ status, type: body.mediaType, sha256: body.sha256 }).toEqual({
      status: 201,
      type: 'image/png',
      sha256: createHash('sha256').update(PNG).digest('hex'),
    });
    const response = await fetch(`${app.url}/assets/${body.id}`, {
      headers: { authorization: `Bearer ${app.adminKey}` },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('keeps the same bytes under the same name as one asset', async () => {
    const first = await upload('same.png', PNG);
    const again = await upload('same.png', PNG);
    expect(again.body.id).toBe(first.body.id);
  });

  it('gives the asset with an external id the new bytes', async () => {
    const first = await upload('logo.svg', SVG, { externalId: 'logo' });
    const second = await upload('logo.svg', SVG.replace('#1f5d7a', '#000000'), { externalId: 'logo' });
    expect(second.body.id).toBe(first.body.id);
    expect(second.body.sha256).not.toBe(first.body.sha256);
  });

  it('finds the type from the bytes, not from the name', async () => {
    expect((await upload('photo.jpg', PNG)).body.mediaType).toBe('image/png');
    expect((await upload('captions.txt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello')).body.mediaType).toBe('text/vtt');
  });

  it('knows the size of a picture', async () => {
    const { body } = await upload('size.svg', SVG);
    const { data } = await app.graphql(`{ asset(id: "${body.id}") { width height mediaType } }`);
    expect(data['asset']).toEqual({ width: 40, height: 20, mediaType: 'image/svg+xml' });
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an event handler', '<rect onload="alert(1)"/>'],
    ['a javascript address', '<a href="javascript:alert(1)"><rect/></a>'],
    ['a foreign object', '<foreignObject><p>x</p></foreignObject>'],
    ['a reference to the outside', '<image href="https://example.org/x.png"/>'],
    ['a style that loads from outside', '<style>@import url(https://example.org/x.css);</style>'],
  ])('refuses an SVG with %s and keeps nothing of it', async (_what, inside) => {
    const before = await countAssets();
    const answer = await upload('active.svg', SVG.replace('</svg>', `${inside}</svg>`));
    expect(answer.status).toBe(422);
    expect(codesOf(answer)).toEqual(['ACTIVE_CONTENT']);
    expect(await countAssets()).toBe(before);
  });

  it('cleans an SVG of what an editor left in it', async () => {
    const { body } = await upload(
      'edited.svg',
      SVG.replace('<rect', '<!-- note --><sodipodi:namedview id="x"/><metadata>m</metadata><rect inkscape:label="l"'),
    );
    const text = await (
      await fetch(`${app.url}/assets/${body.id}`, { headers: { authorization: `Bearer ${app.adminKey}` } })
    ).text();
    expect(text).toBe(SVG.replace('/></svg>', '></rect></svg>'));
  });

  it('refuses HTML with a script and cleans other HTML', async () => {
    expect(codesOf(await upload('a.html', '<!doctype html><p>x</p><script>1</script>'))).toEqual(['ACTIVE_CONTENT']);
    const { body } = await upload('b.html', '<!doctype html><body style="color:red"><p class="x">Hello</p></body>');
    const text = await (
      await fetch(`${app.url}/assets/${body.id}`, { headers: { authorization: `Bearer ${app.adminKey}` } })
    ).text();
    expect(text).toBe('<!doctype html>\n<body><p>Hello</p></body>\n');
  });

  it('refuses a zip bomb without inflating it', async () => {
    const answer = await upload('report.docx', zipOf('word/document.xml', Buffer.alloc(5_000_000)));
    expect(answer.status).toBe(422);
    expect(codesOf(answer)).toEqual(['UNSAFE_ARCHIVE']);
  });

  it('refuses types that LMSs do not serve, and says which are accepted', async () => {
    const answer = await upload('tool.zip', zipOf('a.txt', Buffer.from('plain')));
    expect(codesOf(answer)).toEqual(['UNSUPPORTED_MEDIA_TYPE']);
    expect(answer.body.error.problems[0]?.hint).toContain('image/png');
  });

  it.each(['../../etc/passwd.png', 'a/b.png', '..', 'a\\\\b.png'])('refuses the file name %s', async (name) => {
    expect(codesOf(await upload(name, PNG))).toEqual(['UNSAFE_FILE_NAME']);
  });

  it('refuses text that is not UTF-8', async () => {
    const answer = await upload(
      'broken.svg',
      Buffer.concat([Buffer.from(SVG.padEnd(5_000)), Buffer.from([0xff, 0xfe])]),
    );
    expect(codesOf(answer)).toEqual(['INVALID_UTF8']);
  });

  it('says so when the disk is full, and takes the same file when there is space again', async () => {
    const before = await countAssets();
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    jest.spyOn(app.app.get(BlobStorage, { strict: false }), 'put').mockRejectedValueOnce(full);
    const refused = await upload('late.svg', SVG.replace('<rect', '<circle r="3"/><rect'));
    expect([refused.status, refused.body]).toMatchObject([507, { error: { code: 'INSUFFICIENT_STORAGE' } }]);
    expect(await countAssets()).toBe(before);
    expect((await upload('late.svg', SVG.replace('<rect', '<circle r="3"/><rect'))).status).toBe(201);
  });

  it('refuses an empty file, and a request without a file', async () => {
    expect(codesOf(await upload('empty.png', ''))).toEqual(['EMPTY_FILE']);
    const response = await fetch(`${app.url}/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.adminKey}` },
    });
    expect(response.status).toBe(422);
  });

  it("holds to the organization's own limit, which its administrator sets", async () => {
    const set = await app.graphql(
      'mutation { setAssetLimit(maxBytes: 60) { __typename ... on SetAssetLimitSuccess { maxBytes } } }',
    );
    expect(set.data['setAssetLimit']).toEqual({ __typename: 'SetAssetLimitSuccess', maxBytes: 60 });
    expect(codesOf(await upload('large.svg', SVG))).toEqual(['TOO_LARGE']);
    await app.graphql('mutation { setAssetLimit(maxBytes: 6000000) { __typename } }');
    expect(codesOf(await upload('huge.txt', 'x'.repeat(6_000_001)))).toEqual(['TOO_LARGE']);
  });

  it('says that presigned uploads need S3-compatible storage', async () => {
    const { data } = await app.graphql(
      'mutation { beginAssetUpload(input: { bytes: 10 }) { __typename ... on ConflictError { code message } } }',
    );
    expect(data['beginAssetUpload']).toMatchObject({ __typename: 'ConflictError' });
  });

  it('lists, finds and deletes assets', async () => {
    const { body } = await upload('zebra-crossing.svg', SVG);
    const found = await app.graphql<{ assets: { nodes: { id: string }[] } }>(
      '{ assets(first: 5, search: "ZEBRA") { nodes { id url } } }',
    );
    expect(found.data.assets.nodes).toEqual([{ id: body.id, url: `/assets/${body.id}` }]);
    const remove = `mutation { deleteAsset(id: "${body.id}") { __typename ... on DeleteAssetSuccess { deletedId } } }`;
    expect((await app.graphql(remove)).data['deleteAsset']).toEqual({
      __typename: 'DeleteAssetSuccess',
      deletedId: body.id,
    });
    expect((await app.graphql(remove)).data['deleteAsset']).toEqual({ __typename: 'NotFoundError' });
  });
});
