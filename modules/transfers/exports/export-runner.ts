import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { filterOfText, StatementScan } from '../../insights/index.js';
import type { FilteredRange } from '../../insights/index.js';
import type { PartWriter } from './formats/format.js';
import { formatOf } from './formats/formats.js';
import { ExportProgress } from './export-progress.js';
import type { ExportStep } from './export-progress.js';
import { partKeyOf } from './statement-export.js';
import type { ExportCounts, ExportEnd, ExportPart, StatementExport } from './statement-export.js';

/** Writes the parts of a file, one after the other from where the export stands. */
@Injectable()
export class ExportRunner {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly scan: StatementScan,
    private readonly storage: BlobStorage,
    private readonly progress: ExportProgress,
  ) {}

  /** Each step's part is in the storage when it is yielded. A part that is made again is the same. */
  async *run(organizationId: string, wanted: StatementExport): AsyncGenerator<ExportStep> {
    const end = wanted.end ?? (await this.setEnd(organizationId, wanted));
    const earlier = await this.progress.parts(organizationId, wanted.id);
    const format = formatOf(wanted.format);
    let { done } = wanted;
    for (let number = earlier.length + 1; ; number += 1) {
      const writer = format.part({ number, offset: done.bytes }, wanted.options);
      const counts = await this.fill(writer, organizationId, { ...wanted, done, end });
      const isOver = counts.lookedAt === done.lookedAt;
      // The first part is there even when there is no statement: names of columns, for one.
      if (isOver && number > 1) return;
      const { body, closing } = await writer.finish();
      if (body.length === 0) return;
      done = { ...counts, bytes: done.bytes + body.length };
      const part = { number, bytes: body.length, closing };
      yield { part: await this.store(organizationId, wanted, part, body), counts: done };
    }
  }

  /** The end of the file, where the format has one. What is stored here has to be noted together with the export's own end. */
  async close(organizationId: string, wanted: StatementExport): Promise<ExportStep | undefined> {
    const { options, done } = wanted;
    const parts = await this.progress.parts(organizationId, wanted.id);
    const number = parts.length + 1;
    const body = formatOf(wanted.format).close?.({ number, offset: done.bytes }, parts, options);
    if (!body) return undefined;
    const part = { number, bytes: body.length, closing: undefined };
    const counts = { ...done, bytes: done.bytes + body.length };
    return { part: await this.store(organizationId, wanted, part, body), counts };
  }

  /** Statements that are stored from now on do not belong to the export. */
  private async setEnd(organizationId: string, { id, filter: text }: StatementExport): Promise<ExportEnd> {
    const filter = filterOfText(text);
    const before = await this.scan.end(organizationId);
    await this.scan.prepare(organizationId, filter);
    const expected = await this.scan.count(organizationId, { filter, after: '0', before });
    await this.progress.setEnd(organizationId, id, { before, expected });
    return { before, expected };
  }

  /** Adds statements up to the size of a part. @returns up to where it came; the same as before when none was left */
  private async fill(
    writer: PartWriter,
    organizationId: string,
    { filter: text, options, done, end }: StatementExport & { readonly end: ExportEnd },
  ): Promise<ExportCounts> {
    const range: FilteredRange = { filter: filterOfText(text), after: done.position, before: end.before };
    let { position, lookedAt, statements } = done;
    for (let room = this.config.exportPartBytes; room > 0;) {
      const found = await this.scan.next(organizationId, { ...range, after: position }, room);
      if (found.length === 0) break;
      const wanted = found.filter(({ voidedAt }) => options.includeVoided || voidedAt === null);
      for (const { text: statement, voidedAt } of wanted) {
        writer.add({ text: statement, voided: voidedAt !== null });
        room -= Buffer.byteLength(statement);
      }
      position = found.at(-1)!.position;
      lookedAt += found.length;
      statements += wanted.length;
    }
    return { position, lookedAt, statements, bytes: done.bytes };
  }

  private async store(
    organizationId: string,
    { id, format, options }: StatementExport,
    part: ExportPart,
    body: Buffer,
  ): Promise<ExportPart> {
    const { mediaType } = formatOf(format).fileOf(options);
    await this.storage.put(partKeyOf(organizationId, id, part.number), body, { mediaType });
    return part;
  }
}
