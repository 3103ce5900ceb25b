import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { UserError } from '../../../src/platform/errors.js';
import { StatementsService } from '../../lrs/index.js';
import type { RefusedStatement } from '../../lrs/index.js';
import type { ImportStep } from './import-progress.js';
import { LineBatches } from './line-batches.js';
import type { LineBatch } from './line-batches.js';
import { linesAfter } from './ndjson-lines.js';
import type { Line } from './ndjson-lines.js';
import { blobKeyOf } from './statement-import.js';
import type { Refusal, StatementImport } from './statement-import.js';

/** Statements that are stored together: enough to be quick, few enough to lose little time when cut off. */
const BATCH_STATEMENTS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;

/** A step, and how much of the file has been read for it, 0 to 1. */
export interface RunnerStep extends ImportStep {
  readonly share: number;
}

/** Stores the statements of a file, batch by batch from where the import stands. */
@Injectable()
export class ImportRunner {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly storage: BlobStorage,
    private readonly statements: StatementsService,
  ) {}

  /**
   * Each step is stored when it is yielded. A statement without an id gets one made of the import and its line, so that a
   * batch that is stored again stores nothing twice.
   *
   * @throws Error of zlib for a damaged file; BlobMissing
   */
  async *run(principal: Principal, wanted: StatementImport): AsyncGenerator<RunnerStep> {
    const { text, bytesRead } = await this.open(blobKeyOf(principal.organizationId, wanted.id));
    for await (const batch of batchesOf(linesAfter(text, wanted.checkpoint, this.config.maxBodyBytes))) {
      yield { ...(await this.store(principal, wanted.id, batch)), share: bytesRead() / wanted.bytes };
    }
  }

  private async open(key: string): Promise<Source> {
    const start = await buffer(await this.storage.get(key, { start: 0, end: 1 }));
    return sourceOf(await this.storage.get(key), isGzip(start));
  }

  private async store(principal: Principal, importId: string, lines: readonly Line[]): Promise<ImportStep> {
    const { batches, refusals } = this.sort(importId, lines);
    let stored = 0;
    for (const batch of batches) {
      const outcome = await this.statements.storeEach(principal, { text: batch.text, version: batch.version });
      // Every line was read as JSON before.
      if (outcome instanceof UserError) throw new Error(outcome.message);
      stored += outcome.stored.length;
      refusals.push(...outcome.refused.map((refused) => toRefusal(refused, batch.lines)));
    }
    refusals.sort((one, other) => one.line - other.line);
    const last = lines.at(-1)!;
    return {
      place: { lines: last.number, offset: last.end },
      counts: { stored, refused: refusals.length },
      refusals,
    };
  }

  /** Into batches that can be stored together, and lines that cannot be stored. */
  private sort(importId: string, lines: readonly Line[]): { batches: Iterable<LineBatch>; refusals: Refusal[] } {
    const batches = new LineBatches();
    const refusals: Refusal[] = [];
    for (const line of lines) {
      if (line.bytes === undefined) refusals.push(this.tooLong(line));
      else if (!isBlank(line.bytes)) {
        const refused = batches.add(line.number, line.bytes, idOfLine(importId, line.number));
        if (refused) refusals.push(refused);
      }
    }
    return { batches, refusals };
  }

  private tooLong({ number }: Line): Refusal {
    const message = `The line is longer than ${this.config.maxBodyBytes} bytes (MAX_BODY_BYTES).`;
    return { line: number, statementId: undefined, code: 'TOO_LARGE', message, path: [] };
  }
}

async function* batchesOf(chunks: AsyncIterable<readonly Line[]>): AsyncGenerator<readonly Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  for await (const lines of chunks) {
    for (const line of lines) {
      batch.push(line);
      bytes += line.bytes?.length ?? 0;
      if (batch.length < BATCH_STATEMENTS && bytes < BATCH_BYTES) continue;
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

/** A file as text, and how many bytes of the file have been read for it. */
interface Source {
  readonly text: Readable;
  readonly bytesRead: () => number;
}

function sourceOf(file: Readable, isCompressed: boolean): Source {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  // What goes wrong in one of them ends the last one with the same error, which its reader gets.
  const ignore = () => undefined;
  const text = isCompressed ? pipeline(file, count, createGunzip(), ignore) : pipeline(file, count, ignore);
  return { text, bytesRead: () => bytes };
}

/** Paths begin at the statement, not at the batch. */
function toRefusal({ index, id, code, message, path }: RefusedStatement, lines: readonly number[]): Refusal {
  return { line: lines[index]!, statementId: id, code, message, path: path.slice(1) };
}

/** RFC 1952 2.3.1. */
const isGzip = (start: Buffer): boolean => start[0] === 0x1f && start[1] === 0x8b;

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

/** The same id each time for the same line: a UUID version 8 (RFC 9562 5.8) of a hash. */
function idOfLine(importId: string, line: number): string {
  const hash = createHash('sha256').update(`${importId} ${line}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
