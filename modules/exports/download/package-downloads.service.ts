import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { NotFound } from '../../../src/platform/errors.js';
import { DownloadLinks } from '../../../src/platform/http/downloads/download-links.js';
import type { Download } from '../../../src/platform/http/downloads/download.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { requirePackageReader } from '../exports.service.js';
import { blobKeyOf } from '../package.js';
import { PackageStore } from '../package.store.js';

/** Reading finished packages. One that is not finished has no zip, so it is not found. */
@Injectable()
export class PackageDownloads {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly packages: PackageStore,
    private readonly links: DownloadLinks,
    private readonly storage: BlobStorage,
  ) {}

  /** Scope `author` or `publish`. */
  byKey(principal: Principal, packageId: string): Promise<Download | NotFound> {
    requirePackageReader(principal);
    return this.find(principal.organizationId, packageId);
  }

  /** Needs no key: the token is the permission. */
  async byLink(packageId: string, token: string): Promise<Download | NotFound> {
    const linked = this.links.open('packages', packageId, token);
    return linked ? this.find(linked.organizationId, packageId) : new NotFound('Valid link to package', packageId);
  }

  private async find(organizationId: string, packageId: string): Promise<Download | NotFound> {
    const found = await this.unitOfWork.read(organizationId, () => this.packages.find(packageId));
    if (found?.bytes === undefined || found.sha256 === undefined) return new NotFound('Finished package', packageId);
    const { fileName, bytes, sha256 } = found;
    const open: Download['open'] = (range) => this.storage.get(blobKeyOf(organizationId, packageId), range);
    return { fileName, mediaType: 'application/zip', bytes, tag: sha256, open };
  }
}
