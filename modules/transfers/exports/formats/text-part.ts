/** Parts of formats that are plain text. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ExportOptions } from '../statement-export.js';
import type { ExportedStatement, PartWriter, WrittenPart } from './format.js';

const compress = promisify(gzip);

/** Lines one after the other. Compressed, each part is a member of gzip, and members in a row are one file (RFC 1952 2.2). */
export class TextPart implements PartWriter {
  private readonly lines: string[];

  /**
   * @param lineOf a statement's line, with its end
   * @param head what comes before the first line
   */
  constructor(
    private readonly options: ExportOptions,
    private readonly lineOf: (statement: ExportedStatement) => string,
    head = '',
  ) {
    this.lines = head === '' ? [] : [head];
  }

  add(statement: ExportedStatement): void {
    this.lines.push(this.lineOf(statement));
  }

  async finish(): Promise<WrittenPart> {
    const text = Buffer.from(this.lines.join(''));
    return { body: this.options.compressed ? await compress(text) : text, closing: undefined };
  }
}

/** Name and type of such a file. */
export const textFile = (
  extension: string,
  mediaType: string,
  { compressed }: ExportOptions,
): { extension: string; mediaType: string } =>
  compressed ? { extension: `${extension}.gz`, mediaType: 'application/gzip' } : { extension, mediaType };
