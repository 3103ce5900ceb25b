import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ErasedIdentities, ErasedStatements, ErasureSteps } from '../../lrs/index.js';
import type { ErasureReceiver, PersonToErase } from '../../lrs/index.js';
import type { Findings } from '../erasure-certificate.js';

const IDS_AT_ONCE = 5_000;

/** What an erasure has come to. Inside a unit of work. */
@Injectable()
export class ErasureFindings {
  constructor(
    private readonly identities: ErasedIdentities,
    private readonly statements: ErasedStatements,
    private readonly steps: ErasureSteps,
  ) {}

  async of(person: PersonToErase, erasureId: string): Promise<Omit<Findings, 'finishedAt'>> {
    const receivers: ErasureReceiver[] = [];
    for (const step of this.steps.all) receivers.push(...((await step.receivers?.(person)) ?? []));
    return {
      identities: await this.identities.ofErasure(person.organizationId, erasureId),
      statements: await this.digestOf(person),
      receivers,
    };
  }

  /** SHA-256 of the ids of the touched statements in the order of storage, each with a line feed after it. */
  private async digestOf(person: PersonToErase): Promise<Findings['statements']> {
    const hash = createHash('sha256');
    let count = 0;
    for (let after: string | undefined; ;) {
      const page: { position: string; id: string }[] = await this.statements.page(person, after, IDS_AT_ONCE);
      for (const { id } of page) hash.update(`${id}\n`);
      count += page.length;
      after = page.at(-1)?.position;
      if (after === undefined) return { count, sha256: hash.digest('hex') };
    }
  }
}
