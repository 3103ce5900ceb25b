/** Writes packages as zip archives that every LMS reads: deflate and store alone, 32 bits, the same input gives the same bytes. */
import { once } from 'node:events';
import { ZipArchive } from 'archiver';
import type { PackageFile } from '../package-format.js';
import { Admission } from './admission.js';
import { EntrySource, sizeOf } from './entry-source.js';

const LEVEL = 6;
// zlib's own 16 KiB make passing on incompressible bytes three times slower than reading them.
const CHUNK_BYTES = 256 * 1024;
// The first moment that a zip can tell; the same in every package.
const MODIFIED = new Date('1980-01-01T00:00:00Z');
/**
 * Stored entries up to this size are held in memory while they are written: their size and checksum then stand in front of
 * them. A stored entry without them ends in a data descriptor, which java.util.zip.ZipInputStream refuses. Larger ones
 * are deflated at level 0: the format allows the descriptor there, and memory stays flat.
 */
const MAX_STORED_BYTES = 8 * 1024 * 1024;

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
  const admission = new Admission();
  let source: EntrySource | undefined;
  try {
    for await (const file of files) {
      admission.admit(file);
      // archiver stores what is empty in any case; asked for it, it does so without a data descriptor.
      const stored = sizeOf(file) === 0 || (file.stored && sizeOf(file) <= MAX_STORED_BYTES);
      source = await EntrySource.open(file, stored);
      // archiver reads the level anew for every entry.
      compression.level = file.stored ? 0 : LEVEL;
      const written = once(archive, 'entry');
      archive.append(source.content, { name: file.path, date: MODIFIED, mode: 0o644, store: stored });
      yield* output.until(written, stored ? sizeOf(file) : 0);
      source.check();
    }
    yield* output.until(archive.finalize(), Infinity);
  } finally {
    source?.close();
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
