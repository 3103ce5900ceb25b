import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../src/platform/access/principal.js';
import { NotFound } from '../../../../src/platform/errors.js';
import type { ByteRange } from '../../../../src/platform/http/downloads/byte-range.js';
import { DownloadLinks } from '../../../../src/platform/http/downloads/download-links.js';
import type { Download } from '../../../../src/platform/http/downloads/download.js';
import { BlobStorage } from '../../../../src/platform/storage/blob-storage.js';
import { ExportProgress } from '../export-progress.js';
import { fileNameOf } from '../file-name.js';
import { formatOf } from '../formats/formats.js';
import { partKeyOf } from '../statement-export.js';
import type { ExportPart } from '../statement-export.js';
import { requireExporter } from '../statement-exports.service.js';

/** Reading files of exports. One that is not done, or not there any more, is not found. */
@Injectable()
export class ExportDownloads {
  constructor(
    private readonly progress: ExportProgress,
    private readonly links: DownloadLinks,
    private readonly storage: BlobStorage,
  ) {}

  /** Scope `records:read`. */
  byKey(principal: Principal, id: string): Promise<Download | NotFound> {
    requireExporter(principal);
    return this.find(principal.organizationId, id);
  }

  /** Needs no key: the token is the permission. */
  async byLink(id: string, token: string): Promise<Download | NotFound> {
    const linked = this.links.open('statement-exports', id, token);
    return linked ? this.find(linked.organizationId, id) : new NotFound('Valid link to export', id);
  }

  private async find(organizationId: string, id: string): Promise<Download | NotFound> {
    const found = await this.progress.find(organizationId, id);
    if (found instanceof NotFound || found.status !== 'DONE') return new NotFound('Finished export', id);
    const parts = await this.progress.parts(organizationId, id);
    return {
      fileName: fileNameOf(found),
      mediaType: formatOf(found.format).fileOf(found.options).mediaType,
      bytes: found.done.bytes,
      // The bytes of an export never change once it is done.
      tag: id,
      open: (range) =>
        Promise.resolve(Readable.from(this.read(organizationId, id, parts, range), { objectMode: false })),
    };
  }

  private async *read(
    organizationId: string,
    id: string,
    parts: readonly ExportPart[],
    { start, end = Infinity }: ByteRange = { start: 0, end: Infinity },
  ): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const { number, bytes } of parts) {
      const first = Math.max(0, start - offset);
      const last = Math.min(bytes - 1, end - offset);
      offset += bytes;
      if (first > last) continue;
      yield* (await this.storage.get(partKeyOf(organizationId, id, number), {
        start: first,
        end: last,
      })) as AsyncIterable<Buffer>;
    }
  }
}
