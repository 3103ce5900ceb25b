import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { StartError } from '../start-error.js';
import { BlobMissing, BlobStorage } from './blob-storage.js';
import type { BlobInfo, ByteRange } from './blob-storage.js';

/** Blobs as objects of a bucket. */
export class S3Storage extends BlobStorage {
  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly prefix: string,
  ) {
    super();
  }

  /**
   * @param url `s3://bucket/prefix?endpoint=...&region=...&forcePathStyle=true`; credentials come from the environment.
   * @throws StartError when the endpoint is not an address.
   */
  static of(url: string): S3Storage {
    const { hostname: bucket, pathname, searchParams } = new URL(url);
    const endpoint = searchParams.get('endpoint');
    if (endpoint !== null && !URL.canParse(endpoint)) {
      throw new StartError(
        `The endpoint in STORAGE_URL is "${endpoint}"; it must be an address like https://s3.example.com.`,
      );
    }
    const client = new S3Client({
      region: searchParams.get('region') ?? 'us-east-1',
      forcePathStyle: searchParams.get('forcePathStyle') === 'true',
      // Other makers' storage does not know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint === null ? {} : { endpoint }),
    });
    const folder = pathname.replace(/^\/+|\/+$/g, '');
    return new S3Storage(client, bucket, folder === '' ? '' : `${folder}/`);
  }

  override async put(key: string, body: Buffer | Readable, { mediaType }: BlobInfo): Promise<void> {
    const params = { ...this.at(key), Body: body, ContentType: mediaType };
    if (body instanceof Readable) await new Upload({ client: this.client, params }).done();
    else await this.client.send(new PutObjectCommand(params));
  }

  override async get(key: string, range?: ByteRange): Promise<Readable> {
    const part = range ? { Range: `bytes=${range.start}-${range.end ?? ''}` } : {};
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ ...this.at(key), ...part }));
      return Body as Readable;
    } catch (error) {
      throw isMissing(error) ? new BlobMissing(key) : error;
    }
  }

  override async head(key: string): Promise<{ bytes: number } | undefined> {
    try {
      const { ContentLength } = await this.client.send(new HeadObjectCommand(this.at(key)));
      return { bytes: ContentLength ?? 0 };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  override async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.at(key)));
  }

  override presignPut(
    key: string,
    { mediaType, bytes, expiresSeconds }: { mediaType: string; bytes: number; expiresSeconds: number },
  ): Promise<string> {
    const command = new PutObjectCommand({ ...this.at(key), ContentType: mediaType, ContentLength: bytes });
    const signableHeaders = new Set(['content-type', 'content-length']);
    return getSignedUrl(this.client, command, { expiresIn: expiresSeconds, signableHeaders });
  }

  override async ping(): Promise<void> {
    await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }));
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: `${this.prefix}${key}` };
  }
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404;
}
