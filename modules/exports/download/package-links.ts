import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../src/config.js';
import { PublicAddress } from '../../../src/platform/http/public-address.js';
import type { CoursePackage } from '../package.js';

const VALID_SECONDS = 15 * 60;

/** Which package a link opens, of which organization. */
export interface LinkedPackage {
  readonly organizationId: string;
  readonly packageId: string;
}

/** Addresses of packages that a browser can open without a key, for 15 minutes. */
@Injectable()
export class PackageLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly address: PublicAddress,
  ) {}

  /** The address of a package's zip; its last part is the name to save it by. */
  of(organizationId: string, { id, fileName }: CoursePackage): string {
    const expires = Math.floor(Date.now() / 1_000) + VALID_SECONDS;
    const token = [organizationId, expires, this.sign({ organizationId, packageId: id }, expires)].join('.');
    return this.address.of(`/packages/${id}/${token}/${fileName}`);
  }

  /** What a token opens; undefined when it is forged, expired, or another package's. */
  open(packageId: string, token: string): LinkedPackage | undefined {
    const [organizationId = '', expires = '', signature = ''] = token.split('.');
    const linked = { organizationId, packageId };
    const expected = Buffer.from(this.sign(linked, Number(expires)));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return Number(expires) * 1_000 > Date.now() ? linked : undefined;
  }

  private sign({ organizationId, packageId }: LinkedPackage, expires: number): string {
    const text = `package link ${organizationId} ${packageId} ${expires}`;
    return createHmac('sha256', this.config.secret).update(text).digest('base64url');
  }
}
