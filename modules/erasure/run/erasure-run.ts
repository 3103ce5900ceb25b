import { Injectable } from '@nestjs/common';
import { ErasureSteps } from '../../lrs/index.js';
import type { ErasureStep, PersonToErase } from '../../lrs/index.js';
import { Certification } from './certification.js';
import { ErasureProgress } from './erasure-progress.js';
import { ErasureStart } from './erasure-start.js';
import { ErasureSubject } from './erasure-subject.js';

/** Takes an erasure from where it is to its end. */
@Injectable()
export class ErasureRun {
  constructor(
    private readonly start: ErasureStart,
    private readonly steps: ErasureSteps,
    private readonly progress: ErasureProgress,
    private readonly subject: ErasureSubject,
    private readonly certification: Certification,
  ) {}

  /** Every batch is committed by itself. @param checkpoint called before each, may throw @throws what stood in the way */
  async goOn(organizationId: string, id: string, checkpoint: () => void): Promise<void> {
    const erasure = await this.start.of(organizationId, id);
    if (!erasure) return;
    const person = await this.subject.of(organizationId, erasure);
    const { all } = this.steps;
    const first = Math.max(
      0,
      all.findIndex(({ name }) => name === erasure.step),
    );
    let { after } = erasure;
    for (const [index, step] of all.entries()) {
      if (index < first) continue;
      await this.do(person, id, { step, after }, checkpoint);
      const next = all[index + 1];
      if (next) await this.progress.passTo(organizationId, id, next);
      after = undefined;
    }
    await this.certification.certify(person, id);
  }

  private async do(
    person: PersonToErase,
    id: string,
    { step, after }: { step: ErasureStep; after: string | undefined },
    checkpoint: () => void,
  ): Promise<void> {
    let next = after;
    do {
      checkpoint();
      next = await this.progress.advance(person, id, step, next);
    } while (next !== undefined);
    await step.finish?.(person.organizationId);
  }
}
