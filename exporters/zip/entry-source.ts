import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { PackageFile } from '../package-format.js';

/** Size of a file in bytes, as it was announced. */
export const sizeOf = ({ content }: PackageFile): number => (Buffer.isBuffer(content) ? content.length : content.bytes);

/**
 * What archiver reads for one entry. A stream that fails would bring the process down, since archiver emits its error once
 * more where nobody listens; so this one ends instead, and {@link check} tells.
 */
export class EntrySource {
  readonly content: Buffer | Readable;
  private failure: { readonly cause: unknown } | undefined;

  private constructor(
    private readonly file: PackageFile,
    private readonly opened: Buffer | Readable,
  ) {
    this.content = Buffer.isBuffer(opened) ? opened : Readable.from(this.chunksOf(opened), { objectMode: false });
  }

  /**
   * Opens a file: whole in memory, or as a stream.
   *
   * @throws what opening or reading threw; Error when a file read whole is not as large as announced.
   */
  static async open(file: PackageFile, whole: boolean): Promise<EntrySource> {
    if (Buffer.isBuffer(file.content)) return new EntrySource(file, file.content);
    const stream = await file.content.open();
    if (!whole) return new EntrySource(file, stream);
    const bytes = await buffer(stream);
    compare(file, bytes.length);
    return new EntrySource(file, bytes);
  }

  /** @throws what went wrong while archiver read. */
  check(): void {
    if (this.failure) throw this.failure.cause;
  }

  /** Closes what was opened, wherever reading stands. */
  close(): void {
    if (this.opened instanceof Readable) this.opened.destroy();
  }

  private async *chunksOf(stream: Readable): AsyncGenerator<Buffer, void> {
    let read = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        read += chunk.length;
        yield chunk;
      }
      compare(this.file, read);
    } catch (cause) {
      this.failure = { cause };
    }
  }
}

function compare(file: PackageFile, read: number): void {
  if (read !== sizeOf(file)) throw new Error(`${file.path} has ${read} bytes instead of ${sizeOf(file)}.`);
}
