import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { NotFound, ValidationFailed } from '../../src/platform/errors.js';
import { KeyedHashes } from '../../src/platform/secrets/keyed-hashes.js';
import type { HashCheck } from '../../src/platform/secrets/keyed-hashes.js';
import { canonicalText, signaturePlaceOf } from './erasure-certificate.js';
import type { SignedCertificate } from './erasure-certificate.js';
import { ErasureStore } from './erasure.store.js';

/** Certificates of erasures. All of it needs the scope `admin`. */
@Injectable()
export class ErasureCertificatesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly erasures: ErasureStore,
    private readonly hashes: KeyedHashes,
  ) {}

  /** @returns NotFound as long as the erasure is not done, too */
  async find(principal: Principal, erasureId: string): Promise<SignedCertificate | NotFound> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(
      organizationId,
      async () =>
        (await this.erasures.certificate(organizationId, erasureId)) ??
        new NotFound('A certificate of the erasure', erasureId, ['id']),
    );
  }

  /** Whether this installation has signed the certificate for the caller's organization, and nobody has changed it since. */
  verify(principal: Principal, { certificate, signature }: SignedCertificate): HashCheck | ValidationFailed {
    requireScope(principal, 'admin');
    const text = canonicalText(certificate);
    if (text === undefined) {
      return new ValidationFailed([
        { code: 'MALFORMED_JSON', message: 'A certificate is a JSON object.', path: ['certificate'] },
      ]);
    }
    return this.hashes.check(signature, text, signaturePlaceOf(principal.organizationId));
  }
}
