import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { ErasureSteps } from './erasure-steps.js';
import type { ErasureBatch, ErasureCounts, ErasureStep } from './erasure-steps.js';
import { keysOf } from './person-to-erase.js';
import type { PersonToErase } from './person-to-erase.js';

/** Forgets the names that the person was seen with. The last of all steps: the others find texts by these names. */
@Injectable()
export class AgentNameErasure implements ErasureStep, OnModuleInit {
  readonly name = 'agent names';
  readonly phase = 'NAMES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly catalog: CatalogService,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const names = await this.catalog.namesOf(
      person.organizationId,
      keysOf(person).map(({ agent }) => agent),
    );
    return { agentNames: names.length };
  }

  async erase(person: PersonToErase): Promise<ErasureBatch> {
    let agentNames = 0;
    for (const { agent } of keysOf(person)) {
      agentNames += await this.catalog.forgetAgent(person.organizationId, agent);
    }
    return { counts: { agentNames }, next: undefined };
  }
}
