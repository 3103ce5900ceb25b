import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { UserError } from '../../src/platform/errors.js';
import type { NotFound, ValidationFailed } from '../../src/platform/errors.js';
import { ErasureSteps } from '../lrs/index.js';
import type { ErasureCounts, PersonToErase } from '../lrs/index.js';
import type { PersonReference } from '../persons/index.js';
import { sumOf } from './erasure.js';
import { ErasureSubject } from './run/erasure-subject.js';

/** Behind every statement. */
const EVERYTHING = String(2n ** 63n - 1n);

/** The dry run. */
@Injectable()
export class ErasurePreviewService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subject: ErasureSubject,
    private readonly steps: ErasureSteps,
  ) {}

  /** What an erasure would touch by now. Nothing is changed. @throws AccessDenied without the scope `admin` */
  async preview(
    principal: Principal,
    reference: PersonReference,
  ): Promise<ErasureCounts | NotFound | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, async () => {
      const identities = await this.subject.identitiesOf(organizationId, reference);
      if (identities instanceof UserError) return identities;
      const traces = await this.subject.tracesOf(organizationId, identities);
      const person: PersonToErase = { organizationId, identities, content: 'KEEP', before: EVERYTHING, traces };
      const counts: ErasureCounts[] = [];
      for (const step of this.steps.all) counts.push(await step.count(person));
      return sumOf(counts);
    });
  }
}
