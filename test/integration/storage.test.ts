import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BlobMissing } from '../../src/platform/storage/blob-storage.js';
import type { BlobStorage } from '../../src/platform/storage/blob-storage.js';
import { FolderStorage } from '../../src/platform/storage/folder-storage.js';
import { S3Storage } from '../../src/platform/storage/s3-storage.js';
import { S3Server } from '../support/s3-server.js';

const TEXT = { mediaType: 'text/plain' };

let folder: string;
let s3: S3Server;
const storages = {} as Record<'folder' | 's3', BlobStorage>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-storage-'));
  s3 = await S3Server.start();
  storages.folder = new FolderStorage(join(folder, 'blobs'));
  storages.s3 = S3Storage.of(s3.storageUrl('some/prefix'));
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

describe.each(['folder', 's3'] as const)('storage in a %s', (kind) => {
  const read = async (key: string, range?: { start: number; end?: number }) =>
    (await buffer(await storages[kind].get(key, range))).toString();

  it('gives back what was put, from memory and from a stream', async () => {
    await storages[kind].put('a/memory', Buffer.from('0123456789'), TEXT);
    await storages[kind].put('a/stream', Readable.from([Buffer.from('01234'), Buffer.from('56789')]), TEXT);
    expect(await read('a/memory')).toBe('0123456789');
    expect(await read('a/stream')).toBe('0123456789');
    expect(await storages[kind].head('a/stream')).toEqual({ bytes: 10 });
  });

  it('reads a part, both ends included', async () => {
    await storages[kind].put('part', Buffer.from('0123456789'), TEXT);
    expect(await read('part', { start: 2, end: 4 })).toBe('234');
    expect(await read('part', { start: 7 })).toBe('789');
  });

  it('keeps the last of two blobs of one key', async () => {
    await storages[kind].put('twice', Buffer.from('first'), TEXT);
    await storages[kind].put('twice', Buffer.from('second'), TEXT);
    expect(await read('twice')).toBe('second');
  });

  it('says when there is no such blob, and does not mind deleting it', async () => {
    await storages[kind].put('gone', Buffer.from('x'), TEXT);
    await storages[kind].delete('gone');
    await storages[kind].delete('gone');
    expect(await storages[kind].head('gone')).toBeUndefined();
    await expect(storages[kind].get('gone')).rejects.toThrow(BlobMissing);
  });

  it('leaves nothing when the stream breaks', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('torn');
      })(),
    );
    await expect(storages[kind].put('torn', broken, TEXT)).rejects.toThrow('torn');
    expect(await storages[kind].head('torn')).toBeUndefined();
  });

  it('is ready', async () => {
    await expect(storages[kind].ping()).resolves.toBeUndefined();
  });
});

describe('storage in a folder', () => {
  it('has no unfinished files after failures', async () => {
    expect(await readdir(join(folder, 'blobs/.drafts'))).toEqual([]);
  });

  it('removes what a process that was killed had begun, once that is surely so', async () => {
    const drafts = join(folder, 'restarted/.drafts');
    await mkdir(drafts, { recursive: true });
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    for (const [name, hours] of [
      ['abandoned', 2],
      ['in-hand', 0.5],
    ] as const) {
      await writeFile(join(drafts, name), 'half');
      await utimes(join(drafts, name), hoursAgo(hours), hoursAgo(hours));
    }
    await new FolderStorage(join(folder, 'restarted')).put('key', Buffer.from('x'));
    expect(await readdir(drafts)).toEqual(['in-hand']);
  });

  it.each(['../escape', 'a/../../escape', '/absolute', 'a//b', '', 'nul\0', '.', 'a/..'])(
    'takes %j for no key',
    async (key) => {
      await expect(storages.folder.head(key)).rejects.toThrow('Not a key of a blob');
    },
  );
});

describe('storage in S3', () => {
  it('lets a browser put a blob at a presigned address', async () => {
    const address = await storages.s3.presignPut!('signed', { ...TEXT, bytes: 5, expiresSeconds: 60 });
    const answer = await fetch(address, { method: 'PUT', body: 'hello', headers: { 'content-type': TEXT.mediaType } });
    expect(answer.status).toBe(200);
    expect(await storages.s3.head('signed')).toEqual({ bytes: 5 });
  });

  it('is not ready when the bucket is missing', async () => {
    const missing = S3Storage.of(`s3://no-such-bucket?endpoint=http://127.0.0.1:1&forcePathStyle=true`);
    await expect(missing.ping()).rejects.toThrow();
  });
});
