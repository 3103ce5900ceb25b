import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { S3Server } from '../support/s3-server.js';
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
  let s3: S3Server;
  let app: TestApp;

  beforeAll(async () => {
    s3 = await S3Server.start();
    app = await createTestApp({ STORAGE_URL: s3.storageUrl() });
  });
  afterAll(async () => {
    await app.close();
    await s3.stop();
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
