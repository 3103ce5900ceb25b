/** An S3 server with one bucket, for what stores blobs there. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

const BUCKET = 'blobs';

export class S3Server {
  private constructor(
    private readonly server: S3rver,
    private readonly folder: string,
    private readonly endpoint: string,
  ) {}

  /** Starts it with an empty bucket, and gives this process the credentials for it. */
  static async start(): Promise<S3Server> {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-s3-'));
    const server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder,
      configureBuckets: [{ name: BUCKET }],
    });
    const { port } = await server.run();
    process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
    return new S3Server(server, folder, `http://127.0.0.1:${port}`);
  }

  /** A value of STORAGE_URL: the bucket, or what lies below a prefix in it. */
  storageUrl(prefix = ''): string {
    const options = new URLSearchParams({ endpoint: this.endpoint, region: 'us-east-1', forcePathStyle: 'true' });
    return `s3://${BUCKET}/${prefix}?${options.toString()}`;
  }

  /** Names of the files in which it keeps the objects of the bucket. */
  async objects(): Promise<string[]> {
    const found = await readdir(join(this.folder, BUCKET), { recursive: true });
    return found.filter((name) => name.endsWith('_object'));
  }

  async stop(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true });
  }
}
