/** Reads zips in the two ways that LMSs do: by the directory at the end, and from the front without looking ahead. */
import { buffer } from 'node:stream/consumers';
import { crc32, inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly stored: boolean;
}

/** The entries by the central directory, in its order. */
export async function readZip(bytes: Buffer): Promise<ZipEntry[]> {
  const zip = await yauzl.fromBufferPromise(bytes, { strictFileNames: true, validateEntrySizes: true });
  const entries: ZipEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    entries.push({ name: entry.fileName, content, stored: entry.compressionMethod === 0 });
  }
  return entries;
}

const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const HAS_DESCRIPTOR = 0x8;

export interface LocalEntry extends ZipEntry {
  readonly flags: number;
  readonly dosTime: number;
  readonly extraBytes: number;
}

/**
 * The entries as a reader of a stream sees them (java.util.zip.ZipInputStream): each by its local header alone.
 *
 * @throws Error where such a reader gives up: a stored entry that has its size behind it, a wrong checksum or size.
 */
export function readZipFromTheFront(bytes: Buffer): LocalEntry[] {
  const entries: LocalEntry[] = [];
  let at = 0;
  while (bytes.readUInt32LE(at) === LOCAL_HEADER) {
    const flags = bytes.readUInt16LE(at + 6);
    const stored = bytes.readUInt16LE(at + 8) === 0;
    const nameBytes = bytes.readUInt16LE(at + 26);
    const extraBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('latin1', at + 30, at + 30 + nameBytes);
    const start = at + 30 + nameBytes + extraBytes;
    const described = (flags & HAS_DESCRIPTOR) !== 0;
    if (stored && described) throw new Error(`${name}: only DEFLATED entries can have EXT descriptor`);

    const packed = stored ? bytes.readUInt32LE(at + 18) : inflatedBytes(bytes, start);
    const content = stored
      ? bytes.subarray(start, start + packed)
      : inflateRawSync(bytes.subarray(start, start + packed));
    const sums = described ? start + packed + 4 : at + 14;
    if (described && bytes.readUInt32LE(sums - 4) !== DATA_DESCRIPTOR) throw new Error(`${name}: no data descriptor`);
    const told = [0, 4, 8].map((offset) => bytes.readUInt32LE(sums + offset));
    const found = [crc32(content), packed, content.length];
    if (told.join() !== found.join()) throw new Error(`${name}: told ${told.join()}, found ${found.join()}`);

    entries.push({ name, content, stored, flags, extraBytes, dosTime: bytes.readUInt32LE(at + 10) });
    at = described ? sums + 12 : start + packed;
  }
  return entries;
}

/** How many bytes a deflated stream takes. */
function inflatedBytes(bytes: Buffer, start: number): number {
  const { engine } = inflateRawSync(bytes.subarray(start), { info: true }) as unknown as {
    engine: { bytesWritten: number };
  };
  return engine.bytesWritten;
}
