/** Writes packages as zip archives that every LMS reads: deflate and store alone, 32 bits, the same input gives the same bytes. */
import { once } from 'node:events';
import { ZipArchive } from 'archiver';
import type { PackageFile } from '../package-format.js';
import { inBlocks } from './blocks.js';
import { sizeOf, type EntrySource } from './entry-source.js';
import { readAhead } from './read-ahead.js';

/**
 * How zlib treats an entry. Incompressible bytes are passed on in large chunks, as small ones take three times as long; for the
 * many small entries large chunks would be memory that is allocated and thrown away.
 */
const COMPRESSED = { level: 6, chunkSize: 16 * 1024 };
const INCOMPRESSIBLE = { level: 0, chunkSize: 256 * 1024 };

// The first moment that a zip can tell; the same in every package.
const MODIFIED = new Date('1980-01-01T00:00:00Z');

/**
 * The archive of the files, in their order. The reader sets the pace: what is read ahead is bounded, and a file is held whole
 * in memory only up to 8 MiB.
 *
 * @throws PackageRefused for a name that an LMS would refuse, a name used twice, or more than 32 bits can count.
 */
export function zip(files: AsyncIterable<PackageFile> | Iterable<PackageFile>): AsyncGenerator<Buffer, void> {
  return inBlocks(archived(readAhead(files)));
}

async function* archived(sources: AsyncIterable<EntrySource>): AsyncGenerator<Buffer, void> {
  const zlib = { ...COMPRESSED };
  const archive = new ZipArchive({ zlib });
  const output = new Output(archive);
  let source: EntrySource | undefined;
  try {
    for await (source of sources) {
      const stored = isStored(source);
      // archiver reads these settings anew for every entry.
      Object.assign(zlib, source.file.stored ? INCOMPRESSIBLE : COMPRESSED);
      const written = once(archive, 'entry');
      archive.append(source.content, { name: source.file.path, date: MODIFIED, mode: 0o644, store: stored });
      yield* output.until(written, stored ? sizeOf(source.file) : 0);
      source.check();
    }
    yield* output.until(archive.finalize(), Infinity);
  } finally {
    source?.close();
    archive.destroy();
  }
}

/**
 * Only what is whole in memory is stored: its size and checksum then stand in front of it. A stored entry that is streamed
 * ends in a data descriptor, which java.util.zip.ZipInputStream refuses; so a large file is deflated, at level 0, where
 * the format allows the descriptor. What is empty archiver stores in any case, and without a descriptor when told to.
 */
function isStored({ file, content }: EntrySource): boolean {
  return Buffer.isBuffer(content) && (file.stored || content.length === 0);
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
