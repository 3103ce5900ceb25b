import { Readable } from 'node:stream';
import type { PackageFile } from '../package-format.js';

/** Size of a file in bytes, as it was announced. */
export const sizeOf = ({ content }: PackageFile): number => (Buffer.isBuffer(content) ? content.length : content.bytes);

/** Files up to this size are held in memory while they are written. */
export const MAX_WHOLE_BYTES = 8 * 1024 * 1024;

/**
 * What archiver reads for one entry: a buffer, or a stream where that would be large. A stream that fails would bring the
 * process down, since archiver emits its error once more where nobody listens; so this one ends instead, and {@link check}
 * tells.
 */
export class EntrySource {
  readonly content: Buffer | Readable;
  private failure: { readonly cause: unknown } | undefined;

  private constructor(
    readonly file: PackageFile,
    private readonly opened: Buffer | Readable,
  ) {
    this.content = Buffer.isBuffer(opened) ? opened : Readable.from(this.checked(opened), { objectMode: false });
  }

  /** @throws what opening or reading threw; Error when the file is not as large as announced. */
  static async open(file: PackageFile): Promise<EntrySource> {
    if (Buffer.isBuffer(file.content)) return new EntrySource(file, file.content);
    const opened = await file.content.open();
    if (Buffer.isBuffer(opened)) return new EntrySource(file, ofSize(file, opened));
    if (sizeOf(file) > MAX_WHOLE_BYTES) return new EntrySource(file, opened);
    const chunks: Buffer[] = [];
    for await (const chunk of asAnnounced(file, opened)) chunks.push(chunk);
    return new EntrySource(file, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  }

  /** @throws what went wrong while archiver read. */
  check(): void {
    if (this.failure) throw this.failure.cause;
  }

  /** Closes what was opened, wherever reading stands. */
  close(): void {
    if (this.opened instanceof Readable) this.opened.destroy();
  }

  private async *checked(stream: Readable): AsyncGenerator<Buffer, void> {
    try {
      yield* asAnnounced(this.file, stream);
    } catch (cause) {
      this.failure = { cause };
    }
  }
}

/** The chunks of a file. @throws Error when there are more or fewer bytes than announced. */
async function* asAnnounced(file: PackageFile, stream: Readable): AsyncGenerator<Buffer, void> {
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (read > sizeOf(file)) break;
    yield chunk;
  }
  if (read !== sizeOf(file)) throw otherSize(file);
}

function ofSize(file: PackageFile, content: Buffer): Buffer {
  if (content.length !== sizeOf(file)) throw otherSize(file);
  return content;
}

const otherSize = (file: PackageFile): Error =>
  new Error(`${file.path} has not the ${sizeOf(file)} bytes that were announced.`);
