import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { AccessDenied, Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { requireXapiScope } from '../../lrs/index.js';
import { ImportProgress } from './import-progress.js';
import { ImportQueue } from './import-queue.js';
import { blobKeyOf, importerOf } from './statement-import.js';
import type { Refusal, StatementImport } from './statement-import.js';
import { StatementImportStore } from './statement-import.store.js';

/** Asking for bulk imports of statements, and finding them. */
@Injectable()
export class StatementImportsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly storage: BlobStorage,
    private readonly imports: StatementImportStore,
    private readonly progress: ImportProgress,
    private readonly queue: ImportQueue,
  ) {}

  /**
   * Scope to write statements. Keeps the file, and has a job import it.
   *
   * @param file statements as newline-delimited JSON, plain or gzip
   * @returns ValidationFailed for a file that is too large
   */
  async start(
    principal: Principal,
    file: Readable,
    fileName: string | undefined,
  ): Promise<StatementImport | ValidationFailed> {
    requireImporter(principal);
    const { organizationId } = principal;
    const id = uuidV7();
    const key = blobKeyOf(organizationId, id);
    const meter = new Meter(this.config.maxImportBytes);
    try {
      await this.storage.put(
        key,
        pipeline(file, meter, () => undefined),
        { mediaType: 'application/octet-stream' },
      );
    } catch (error) {
      if (error instanceof TooLarge) return tooLarge(this.config.maxImportBytes);
      throw error;
    }
    const { bytes, sha256 } = meter;
    return this.queue.add(organizationId, { id, fileName, bytes, sha256 }, importerOf(principal));
  }

  /** Scope to write statements. */
  find(principal: Principal, id: string): Promise<StatementImport | NotFound> {
    requireImporter(principal);
    return this.progress.find(principal.organizationId, id);
  }

  /** Scope to write statements. The newest first. */
  list(principal: Principal, page: PageRequest): Promise<Page<StatementImport> | ValidationFailed> {
    requireImporter(principal);
    return this.queue.read(principal.organizationId, () => this.imports.page(page));
  }

  /** Scope to write statements. */
  count(principal: Principal): Promise<number> {
    requireImporter(principal);
    return this.queue.read(principal.organizationId, () => this.imports.count());
  }

  /** Scope to write statements. The first refused lines, in the order of the file. */
  refusals(principal: Principal, id: string, page: PageRequest): Promise<Page<Refusal> | ValidationFailed> {
    requireImporter(principal);
    return this.queue.read(principal.organizationId, () => this.imports.refusals(id, page));
  }

  /** Scope to write statements. How many refusals {@link refusals} knows. */
  countRefusals(principal: Principal, id: string): Promise<number> {
    requireImporter(principal);
    return this.queue.read(principal.organizationId, () => this.imports.countRefusals(id));
  }

  /** Scope to write statements. What is stored stays stored. Cancelling twice changes nothing. */
  async cancel(principal: Principal, id: string): Promise<StatementImport | NotFound | Conflict> {
    requireImporter(principal);
    const { organizationId } = principal;
    const cancelled = await this.progress.end(organizationId, id, 'CANCELLED');
    if (cancelled) await this.storage.delete(blobKeyOf(organizationId, id));
    const found = cancelled ?? (await this.progress.find(organizationId, id));
    if (found instanceof NotFound || found.status === 'CANCELLED') return found;
    return new Conflict(`The import has ended: it is ${found.status}.`, ['id']);
  }
}

/** Keys of packages, which learners hold, import nothing. */
function requireImporter(principal: Principal): void {
  requireXapiScope(principal, 'statements', 'write');
  if (principal.restriction) throw new AccessDenied('FORBIDDEN', 'Keys of packages cannot import.');
}

class TooLarge extends Error {}

/** Counts and hashes what passes. */
class Meter extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly maximum: number) {
    super();
  }

  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    if (this.bytes > this.maximum) done(new TooLarge());
    else done(null, chunk);
  }
}

function tooLarge(maximum: number): ValidationFailed {
  const message = `The file is larger than ${maximum} bytes (MAX_IMPORT_BYTES).`;
  return new ValidationFailed([
    { code: 'TOO_LARGE', message, path: ['body'], hint: 'Compress it with gzip, or send it in several files.' },
  ]);
}
