import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../src/config.js';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { NotFound, UserError, ValidationFailed } from '../../src/platform/errors.js';
import { BlobStorage } from '../../src/platform/storage/blob-storage.js';
import { blobKeyOf, type Asset } from './asset.js';
import { refusal } from './asset.errors.js';
import { AssetIntake, type AcceptedFile, type Upload } from './asset-intake.js';
import { AssetStore } from './asset.store.js';

/** Uploading, finding and reading the files that courses use. */
@Injectable()
export class AssetsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: AssetIntake,
    private readonly assets: AssetStore,
    private readonly storage: BlobStorage,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes a file in: judged, cleaned, stored by its hash. The same bytes under the same name are one asset. */
  async store(
    principal: Principal,
    upload: Upload & { externalId?: string | undefined },
  ): Promise<Asset | ValidationFailed> {
    const file = await this.accept(principal, upload);
    if (file instanceof UserError) return file;
    return this.unitOfWork.run(principal.organizationId, () => this.record(file, upload.externalId));
  }

  /** The first half of `store`, for use cases that take many files: the bytes are stored, no row says so yet. */
  async accept(principal: Principal, upload: Upload): Promise<AcceptedFile | ValidationFailed> {
    requireScope(principal, 'author');
    return this.intake.accept(principal.organizationId, upload, await this.limit(principal));
  }

  /** The second half of `store`: the row. To be called inside a unit of work. */
  async record(file: AcceptedFile, externalId?: string): Promise<Asset> {
    const twin = await this.assets.twinOf(file, externalId);
    const isSame = twin !== undefined && twin.sha256 === file.sha256 && twin.fileName === file.fileName;
    return isSame ? twin : this.assets.upsert(uuidV7(), file, externalId);
  }

  /** The assets among the ids that the organization has, in no order. */
  byIds(organizationId: string, ids: readonly string[]): Promise<Asset[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unitOfWork.read(organizationId, () => this.assets.byIds(ids));
  }

  async asset(principal: Principal, id: string): Promise<Asset | NotFound> {
    requireScope(principal, 'author');
    const [asset] = await this.byIds(principal.organizationId, [id]);
    return asset ?? new NotFound('Asset', id, ['id']);
  }

  list(principal: Principal, request: PageRequest, search?: string): Promise<Page<Asset> | ValidationFailed> {
    requireScope(principal, 'author');
    return this.unitOfWork.read(principal.organizationId, () => this.assets.page(request, search));
  }

  count(principal: Principal, search?: string): Promise<number> {
    return this.unitOfWork.read(principal.organizationId, () => this.assets.count(search));
  }

  /** Removes an asset from the drafts' choice. Published versions keep its bytes. */
  delete(principal: Principal, id: string): Promise<{ deletedId: string } | NotFound> {
    requireScope(principal, 'author');
    return this.unitOfWork.run(principal.organizationId, async () =>
      (await this.assets.delete(id)) ? { deletedId: id } : new NotFound('Asset', id, ['id']),
    );
  }

  /** The bytes of an asset, also of one that only a published version still has. */
  open(organizationId: string, sha256: string, range?: { start: number; end?: number }): Promise<Readable> {
    return this.storage.get(blobKeyOf(organizationId, sha256), range);
  }

  /** The same, whole, for assets that are known to be small. */
  read(organizationId: string, sha256: string): Promise<Buffer> {
    return this.storage.read(blobKeyOf(organizationId, sha256));
  }

  /** How large one file may be, in bytes: the organization's own limit, never more than the service's. */
  limit(principal: Principal): Promise<number> {
    const { maxUploadBytes } = this.config;
    return this.unitOfWork.read(principal.organizationId, async () =>
      Math.min((await this.assets.limit()) ?? maxUploadBytes, maxUploadBytes),
    );
  }

  async setLimit(principal: Principal, maxBytes: number): Promise<{ maxBytes: number } | ValidationFailed> {
    requireScope(principal, 'admin');
    const { maxUploadBytes } = this.config;
    if (maxBytes < 1 || maxBytes > maxUploadBytes) {
      return refusal('OUT_OF_RANGE', `The limit must be from 1 to ${maxUploadBytes} bytes.`, 'maxBytes');
    }
    return this.unitOfWork.run(principal.organizationId, async () => {
      await this.assets.setLimit(maxBytes);
      return { maxBytes };
    });
  }
}
