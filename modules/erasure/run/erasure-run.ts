import { Injectable } from '@nestjs/common';
import { SealBroken } from '../../../src/platform/secrets/sealed-secrets.js';
import { ErasureSteps } from '../../lrs/index.js';
import type { ErasureStep, PersonToErase } from '../../lrs/index.js';
import type { Erasure } from '../erasure.js';
import { Certification } from './certification.js';
import { ErasureProgress } from './erasure-progress.js';
import { ErasureStart } from './erasure-start.js';
import { ErasureSubject } from './erasure-subject.js';

/** The service stops: the next start goes on. */
class Interrupted extends Error {}

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

  /** Every batch is committed by itself. @param isStopping asked between batches @throws what stood in the way */
  async goOn(organizationId: string, { id }: Erasure, isStopping: () => boolean): Promise<void> {
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
      await this.do(person, id, { step, after }, isStopping);
      const next = all[index + 1];
      if (next) await this.progress.passTo(organizationId, id, next);
      after = undefined;
    }
    await this.certification.certify(person, id);
  }

  /** Notes why an attempt has ended early. */
  async cutOff(organizationId: string, id: string, error: unknown): Promise<void> {
    if (error instanceof Interrupted) return;
    const message =
      error instanceof SealBroken ? error.message : `It was cut off on our side; the log has it under the id ${id}.`;
    await this.progress.fail(organizationId, id, message);
  }

  private async do(
    person: PersonToErase,
    id: string,
    { step, after }: { step: ErasureStep; after: string | undefined },
    isStopping: () => boolean,
  ): Promise<void> {
    let next = after;
    do {
      if (isStopping()) throw new Interrupted('The service stops; the next start goes on.');
      next = await this.progress.advance(person, id, step, next);
    } while (next !== undefined);
    await step.finish?.(person.organizationId);
  }
}
