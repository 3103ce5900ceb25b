import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { PublicAddress } from '../public-address.js';

const VALID_SECONDS = 15 * 60;

/** Folders of files that can be downloaded, as addresses name them. */
export type DownloadFolder = 'packages' | 'statement-exports';

/** Which file a link opens, of which organization. */
export interface LinkedFile {
  readonly organizationId: string;
  readonly id: string;
}

/** Addresses of files that a browser can open without a key, for 15 minutes. */
@Injectable()
export class DownloadLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly address: PublicAddress,
  ) {}

  /** The address of a file; its last part is the name to save it by. */
  of(folder: DownloadFolder, { organizationId, id }: LinkedFile, fileName: string): string {
    const expires = Math.floor(Date.now() / 1_000) + VALID_SECONDS;
    const token = [organizationId, expires, this.sign(folder, { organizationId, id }, expires)].join('.');
    return this.address.of(`/${folder}/${id}/${token}/${fileName}`);
  }

  /** What a token opens; undefined when it is forged, expired, or another file's. */
  open(folder: DownloadFolder, id: string, token: string): LinkedFile | undefined {
    const [organizationId = '', expires = '', signature = ''] = token.split('.');
    const linked = { organizationId, id };
    const expected = Buffer.from(this.sign(folder, linked, Number(expires)));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return Number(expires) * 1_000 > Date.now() ? linked : undefined;
  }

  private sign(folder: DownloadFolder, { organizationId, id }: LinkedFile, expires: number): string {
    const text = `link ${folder} ${organizationId} ${id} ${expires}`;
    return createHmac('sha256', this.config.secret).update(text).digest('base64url');
  }
}
