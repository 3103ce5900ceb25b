import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { KeyedHashes } from '../../../src/platform/secrets/keyed-hashes.js';
import type { PersonToErase } from '../../lrs/index.js';
import { certificateOf, signaturePlaceOf } from '../erasure-certificate.js';
import { ErasureStore } from '../erasure.store.js';
import { ErasureFindings } from './erasure-findings.js';
import { ErasureProgress } from './erasure-progress.js';

/** Ends erasures with their certificates. */
@Injectable()
export class Certification {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly erasures: ErasureStore,
    private readonly findings: ErasureFindings,
    private readonly hashes: KeyedHashes,
    private readonly progress: ErasureProgress,
  ) {}

  async certify(person: PersonToErase, id: string): Promise<void> {
    const { organizationId } = person;
    const found = await this.unitOfWork.read(organizationId, () => this.findings.of(person, id));
    await this.progress.change(organizationId, id, async () => {
      const erasure = await this.erasures.find(organizationId, id);
      const finishedAt = new Date();
      const certificate = certificateOf(organizationId, erasure!, { ...found, finishedAt });
      const signature = this.hashes.of(certificate, signaturePlaceOf(organizationId));
      await this.erasures.finish(organizationId, id, finishedAt, { certificate, signature });
    });
  }
}
