import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import S3rver from 's3rver';
import { createTestApp, type TestApp } from '../support/test-app.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"></rect></svg>';

const COMPLETE = `mutation ($uploadId: ID!, $fileName: String!) {
  completeAssetUpload(input: { uploadId: $uploadId, fileName: $fileName }) {
    __typename
    ... on CompleteAssetUploadSuccess { asset { id mediaType bytes width } }
    ... on ValidationError { problems { code } }
  }
}`;

describe('uploads past the service, to S3-compatible storage', () => {
  let folder: string;
  let s3: S3rver;
  let app: TestApp;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-presigned-'));
    s3 = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder,
      configureBuckets: [{ name: 'blobs' }],
    });
    const { port } = await s3.run();
    process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
    const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`);
    app = await createTestApp({
      STORAGE_URL: `s3://blobs/?endpoint=${endpoint}&region=us-east-1&forcePathStyle=true`,
    });
  });
  afterAll(async () => {
    await app.close();
    await s3.close();
    await rm(folder, { recursive: true });
  });

  async function send(content: string): Promise<string> {
    const { data } = await app.graphql<{ beginAssetUpload: { uploadId: string; url: string } }>(
      `mutation { beginAssetUpload(input: { bytes: ${Buffer.byteLength(content)} }) {
        ... on BeginAssetUploadSuccess { uploadId url expiresAt } } }`,
    );
    const { uploadId, url } = data.beginAssetUpload;
    const put = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: content,
    });
    expect(put.status).toBe(200);
    return uploadId;
  }

  const complete = async (uploadId: string) =>
    (await app.graphql(COMPLETE, { uploadId, fileName: 'drawing.svg' })).data['completeAssetUpload'];

  it('are judged when they have arrived, and become an asset once', async () => {
    const uploadId = await send(SVG);
    expect(await complete(uploadId)).toMatchObject({
      __typename: 'CompleteAssetUploadSuccess',
      asset: { mediaType: 'image/svg+xml', bytes: SVG.length, width: 40 },
    });
    expect(await complete(uploadId)).toEqual({ __typename: 'NotFoundError' });
  });

  it('are refused for what is in them, as any other upload', async () => {
    const uploadId = await send(SVG.replace('</svg>', '<script>alert(1)</script></svg>'));
    expect(await complete(uploadId)).toEqual({
      __typename: 'ValidationError',
      problems: [{ code: 'ACTIVE_CONTENT' }],
    });
  });
});
