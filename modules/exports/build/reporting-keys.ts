import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { LaunchSettings } from '../../../exporters/index.js';
import { CONFIG, type Config } from '../../../src/config.js';
import { PublicAddress } from '../../../src/platform/http/public-address.js';
import { UserError } from '../../../src/platform/errors.js';
import { AccessService } from '../../access/index.js';
import type { PackageOptions } from '../package.js';
import { PackageStore } from '../package.store.js';

const VALID_YEARS = 2;

/** A key that was issued for packages of one recipe. */
export interface IssuedKey {
  readonly keyId: string;
  readonly expiresAt: Date;
}

/**
 * The keys by which packages report to the LRS. Id and secret follow from the recipe, how many keys of that recipe were
 * revoked, and the secret of the installation: so the same package can be made again, byte for byte, and the
 * secret is stored nowhere but in the package.
 */
@Injectable()
export class ReportingKeys {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly address: PublicAddress,
    private readonly access: AccessService,
    private readonly packages: PackageStore,
  ) {}

  /** Issues the key, or prolongs it: it is valid for two years from now. Inside a unit of work. */
  async issue(
    course: { organizationId: string; courseId: string; versionId: string },
    recipe: string,
  ): Promise<IssuedKey> {
    const { organizationId, courseId, versionId } = course;
    const revoked = await this.packages.countRevokedKeys(versionId, recipe);
    const keyId = `package-${createHash('sha256').update(`${recipe} ${revoked}`).digest('hex').slice(0, 32)}`;
    const expiresAt = new Date();
    expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + VALID_YEARS);
    const secret = this.secretOf(keyId);
    const issued = await this.access.issuePackageKey({ organizationId, courseId, keyId, secret, expiresAt });
    if (issued instanceof UserError) throw new Error(issued.message);
    return { keyId, expiresAt };
  }

  /** What the player is told about reporting. */
  report(keyId: string, { learnerHomePage }: PackageOptions): NonNullable<LaunchSettings['report']> {
    return {
      endpoint: this.address.of('/xapi'),
      authorization: `Basic ${Buffer.from(`${keyId}:${this.secretOf(keyId)}`).toString('base64')}`,
      actorHomePage: learnerHomePage ?? this.address.of(''),
    };
  }

  private secretOf(keyId: string): string {
    return createHmac('sha256', this.config.secret).update(`package key ${keyId}`).digest('base64url');
  }
}
