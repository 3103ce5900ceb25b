import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CourseDocument, DocumentAsset } from '../../../exporters/document/index.js';
import { formats, type PackageFile, type PackageFormatName } from '../../../exporters/index.js';
import { AssetsService } from '../../assets/index.js';
import type { PackageOptions } from '../package.js';
import { BuiltFiles } from './built-files.js';
import { launchOf } from './launch.js';
import { ReportingKeys } from './reporting-keys.js';

/** Assets up to this size are read whole: a stream costs several times as much. */
const SMALL_BYTES = 256 * 1024;

/** What a package is made of. */
export interface PackageContent {
  readonly organizationId: string;
  readonly document: CourseDocument;
  readonly format: PackageFormatName;
  readonly options: PackageOptions;
  /** Id of the key by which it reports to the LRS. */
  readonly keyId: string | undefined;
}

/** The files of a package. */
@Injectable()
export class PackageFiles {
  constructor(
    private readonly built: BuiltFiles,
    private readonly keys: ReportingKeys,
    private readonly assets: AssetsService,
  ) {}

  /** The files in their order; those of the author are opened when they are read. */
  async of(content: PackageContent): Promise<AsyncIterable<PackageFile>> {
    const { organizationId, document, format, options, keyId } = content;
    const report = keyId === undefined ? undefined : this.keys.report(keyId, options);
    const launch = launchOf(document, options, report);
    const openAsset = ({ sha256, bytes }: DocumentAsset) =>
      bytes <= SMALL_BYTES ? this.assets.read(organizationId, sha256) : this.assets.open(organizationId, sha256);
    return formats[format].build({ ...(await this.built.of(format)), document, launch, openAsset }, options);
  }

  /**
   * SHA-256, hexadecimal, of everything that the bytes of a package come from, without reading a file of the author: the
   * document, which is in one of the files, has their hashes.
   */
  async fingerprint(content: PackageContent): Promise<string> {
    const hash = createHash('sha256');
    for await (const { path, content: bytes } of await this.of(content)) {
      hash.update(`${path} ${Buffer.isBuffer(bytes) ? bytes.length : bytes.bytes}\n`);
      if (Buffer.isBuffer(bytes)) hash.update(bytes);
    }
    return hash.digest('hex');
  }
}
