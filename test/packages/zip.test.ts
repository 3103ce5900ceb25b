import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { PackageFile } from '../../exporters/package-format.js';
import { Admission, PackageRefused } from '../../exporters/zip/admission.js';
import { zip } from '../../exporters/zip/zip.js';
import { readZip, readZipFromTheFront } from '../support/zip-file.js';

const MEGABYTE = 1024 * 1024;

const text = (path: string, content: string): PackageFile => ({ path, content: Buffer.from(content), stored: false });

const streamed = (path: string, content: Buffer, stored: boolean): PackageFile => ({
  path,
  stored,
  content: { bytes: content.length, open: () => Promise.resolve(Readable.from(slices(content))) },
});

function* slices(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

const zipped = (files: Iterable<PackageFile> | AsyncIterable<PackageFile>): Promise<Buffer> => buffer(zip(files));

describe('zip', () => {
  const picture = randomBytes(300_000);
  const film = randomBytes(9 * MEGABYTE);
  const files = [
    text('imsmanifest.xml', '<manifest/>'.repeat(1_000)),
    text('empty.txt', ''),
    streamed('empty.vtt', Buffer.alloc(0), false),
    streamed('assets/picture.png', picture, true),
    streamed('assets/drawing.svg', Buffer.from('<svg/>'.repeat(100_000)), false),
    streamed('assets/film.mp4', film, true),
  ];

  it('keeps every file, in order, for readers of the directory and for readers of the stream', async () => {
    const bytes = await zipped(files);
    const names = files.map(({ path }) => path);
    const byDirectory = await readZip(bytes);
    const fromTheFront = readZipFromTheFront(bytes);
    expect(byDirectory.map(({ name }) => name)).toEqual(names);
    expect(fromTheFront.map(({ name }) => name)).toEqual(names);
    for (const [index, { content }] of byDirectory.entries()) {
      expect(content.equals(fromTheFront[index]!.content)).toBe(true);
    }
    expect(byDirectory[3]!.content.equals(picture)).toBe(true);
    expect(byDirectory[5]!.content.equals(film)).toBe(true);
  });

  it('has no data descriptor on a stored entry, no extra fields, no encryption, and one fixed date', async () => {
    for (const entry of readZipFromTheFront(await zipped(files))) {
      expect(entry.extraBytes).toBe(0);
      expect(entry.flags & ~0x8).toBe(0);
      expect(entry.dosTime).toBe(0x00210000); // 1980-01-01 00:00
    }
  });

  it('stores what is compressed already, and does not make it larger where it is too large to be held', async () => {
    const bytes = await zipped(files);
    const stored = (await readZip(bytes)).filter((entry) => entry.stored).map(({ name }) => name);
    expect(stored).toEqual(['empty.txt', 'empty.vtt', 'assets/picture.png']);
    expect(bytes.length).toBeLessThan((picture.length + film.length) * 1.001 + 10_000);
  });

  it('gives the same bytes for the same files, whatever the time zone', async () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'UTC';
    const first = await zipped(files);
    process.env['TZ'] = 'Pacific/Kiritimati';
    const second = await zipped(files);
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(second.equals(first)).toBe(true);
  });

  it('reads at most 16 MB ahead of whoever takes the archive', async () => {
    const opened: number[] = [];
    const many = Array.from({ length: 40 }, (_, index): PackageFile => ({
      path: `assets/${index}.png`,
      stored: true,
      content: {
        bytes: MEGABYTE,
        open: () => (opened.push(index), Promise.resolve(Readable.from([randomBytes(MEGABYTE)]))),
      },
    }));
    let read = 0;
    for await (const chunk of zip(many)) {
      read += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(opened.length).toBeLessThanOrEqual(read / MEGABYTE + 18);
    }
    expect(opened).toHaveLength(40);
  });

  it('refuses a name that an LMS would refuse, and two names that differ in case alone', async () => {
    await expect(zipped([text('../x.txt', '')])).rejects.toThrow(PackageRefused);
    await expect(zipped([text('a.txt', ''), text('A.txt', '')])).rejects.toThrow('one file where case does not count');
  });

  it('refuses what would need zip64', async () => {
    const huge: PackageFile = {
      path: 'film.mp4',
      stored: true,
      content: { bytes: 2 ** 32 - 100, open: () => Promise.reject(new Error('opened')) },
    };
    await expect(zipped([huge])).rejects.toThrow('4 GiB');
    const admission = new Admission();
    const admitAll = () => {
      for (let index = 0; index < 65_535; index += 1) admission.admit(text(`${index}.txt`, ''));
    };
    expect(admitAll).toThrow('65534 files');
  });

  it('fails when a file fails, and closes it when nobody reads on', async () => {
    const failing = Readable.from(
      (function* () {
        yield randomBytes(100);
        throw new Error('the disk is gone');
      })(),
    );
    const file = (stream: Readable, bytes: number): PackageFile => ({
      path: 'film.mp4',
      stored: true,
      content: { bytes, open: () => Promise.resolve(stream) },
    });
    await expect(zipped([file(failing, 20 * MEGABYTE)])).rejects.toThrow('the disk is gone');
    await expect(zipped([file(Readable.from([randomBytes(10)]), 11)])).rejects.toThrow('11 bytes that were announced');

    const abandoned = Readable.from(slices(Buffer.alloc(20 * MEGABYTE)));
    for await (const chunk of zip([file(abandoned, 20 * MEGABYTE)])) if (chunk.length > 0) break;
    expect(abandoned.destroyed).toBe(true);
  });
});
