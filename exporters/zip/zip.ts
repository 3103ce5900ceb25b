/** Writes packages as zip archives that every LMS reads: deflate and store alone, 32 bits, the same input gives the same bytes. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipArchive } from 'archiver';
import type { PackageFile } from '../package-format.js';
import { nameFault } from './entry-name.js';

const LEVEL = 6;
// zlib's own 16 KiB make passing on incompressible bytes three times slower than reading them.
const CHUNK_BYTES = 256 * 1024;
// The first moment that a zip can tell; the same in every package.
const MODIFIED = new Date('1980-01-01T00:00:00Z');
// Beyond these an archive needs zip64, which not every LMS reads (APPNOTE 4.4.1.4).
const MAX_ENTRIES = 65_534;
const MAX_BYTES = 0xffff_ffff;
// More than the headers of one entry take, with the longest name.
const OVERHEAD_BYTES = 1_024;

/**
 * Stored entries up to this size are held in memory while they are written: their size and checksum then stand in front of
 * them. A stored entry without them ends in a data descriptor, which java.util.zip.ZipInputStream refuses. Larger ones
 * are deflated at level 0: the format allows the descriptor there, and memory stays flat.
 */
const MAX_STORED_BYTES = 8 * 1024 * 1024;

/** The files cannot be packed for an LMS; the message says which and why. */
export class PackageRefused extends Error {
  override readonly name = 'PackageRefused';
}

/**
 * The archive of the files, in their order. The reader sets the pace: a file is opened when those before it have been read,
 * and at most one stored file is held in memory.
 *
 * @throws PackageRefused for a name that an LMS would refuse, a name used twice, or more than 32 bits can count.
 */
export async function* zip(files: AsyncIterable<PackageFile> | Iterable<PackageFile>): AsyncGenerator<Buffer, void> {
  const compression = { level: LEVEL, chunkSize: CHUNK_BYTES };
  const archive = new ZipArchive({ zlib: compression });
  const output = new Output(archive);
  const admit = admission();
  let source: Buffer | Readable | undefined;
  try {
    for await (const file of files) {
      admit(file);
      // archiver stores what is empty in any case; asked for it, it does so without a data descriptor.
      const stored = sizeOf(file) === 0 || (file.stored && sizeOf(file) <= MAX_STORED_BYTES);
      source = await sourceOf(file, stored);
      // archiver reads the level anew for every entry.
      compression.level = file.stored ? 0 : LEVEL;
      const written = once(archive, 'entry');
      archive.append(source, { name: file.path, date: MODIFIED, mode: 0o644, store: stored });
      yield* output.until(written, stored ? sizeOf(file) : 0);
    }
    yield* output.until(archive.finalize(), Infinity);
  } finally {
    if (source !== undefined && !Buffer.isBuffer(source)) source.destroy();
    archive.destroy();
  }
}

/** What comes out of the archive, taken while something is awaited. */
class Output {
  private readonly chunks: AsyncIterator<Buffer>;
  private next: Promise<IteratorResult<Buffer>>;

  constructor(archive: ZipArchive) {
    this.chunks = archive[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.next = this.advance();
  }

  /** The chunks until the event has come and at least so many bytes have been read, or there is no more. */
  async *until(event: Promise<unknown>, bytes: number): AsyncGenerator<Buffer, void> {
    let come = false;
    const coming = event.then(() => void (come = true));
    for (let read = 0; !come || read < bytes;) {
      const result = await (come ? this.next : Promise.race([this.next, coming]));
      if (!result) continue;
      if (result.done) return coming;
      read += result.value.length;
      this.next = this.advance();
      yield result.value;
    }
  }

  private advance(): Promise<IteratorResult<Buffer>> {
    const next = this.chunks.next();
    // Whoever awaits it next sees its failure; until then it must not count as unhandled.
    next.catch(() => undefined);
    return next;
  }
}

const sizeOf = ({ content }: PackageFile): number => (Buffer.isBuffer(content) ? content.length : content.bytes);

async function sourceOf({ path, content }: PackageFile, whole: boolean): Promise<Buffer | Readable> {
  if (Buffer.isBuffer(content)) return content;
  const stream = await content.open();
  if (!whole) return stream;
  const bytes = await buffer(stream);
  if (bytes.length !== content.bytes) throw new Error(`${path} has ${bytes.length} bytes instead of ${content.bytes}.`);
  return bytes;
}

/** Says no to the first file that does not belong into a package. */
function admission(): (file: PackageFile) => void {
  const names = new Map<string, string>();
  let bytes = 0;
  return (file) => {
    const fault = nameFault(file.path);
    if (fault !== undefined) throw new PackageRefused(`The file name ${JSON.stringify(file.path)} ${fault}.`);
    const twin = names.get(file.path.toLowerCase());
    if (twin !== undefined)
      throw new PackageRefused(`${twin} and ${file.path} are one file where case does not count.`);
    names.set(file.path.toLowerCase(), file.path);
    bytes += sizeOf(file) + OVERHEAD_BYTES;
    if (names.size > MAX_ENTRIES) throw new PackageRefused(`A package cannot hold more than ${MAX_ENTRIES} files.`);
    if (bytes > MAX_BYTES) throw new PackageRefused('A package cannot hold 4 GiB or more.');
  };
}
