import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DocumentsService } from '../documents/documents.service.js';
import { storedAt } from '../statements/stored-statement.js';
import { ErasureSteps } from './erasure-steps.js';
import type { ErasureBatch, ErasureCounts, ErasureStep } from './erasure-steps.js';
import { keysOf } from './person-to-erase.js';
import type { PersonToErase } from './person-to-erase.js';

/** Deletes State documents and agent profiles of the person. Those that were written since stay: they are of somebody new. */
@Injectable()
export class DocumentErasure implements ErasureStep, OnModuleInit {
  readonly name = 'documents';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly documents: DocumentsService,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    let documents = 0;
    for (const { agent } of keysOf(person)) {
      const found = await this.documents.ofAgent(person.organizationId, agent);
      documents += found.filter(({ updated }) => updated < timeOf(person)).length;
    }
    return { documents };
  }

  async erase(person: PersonToErase): Promise<ErasureBatch> {
    let documents = 0;
    for (const { agent } of keysOf(person)) {
      documents += await this.documents.deleteOfAgent(person.organizationId, agent, timeOf(person));
    }
    return { counts: { documents }, next: undefined };
  }
}

const timeOf = ({ before }: PersonToErase): Date => new Date(storedAt(before));
