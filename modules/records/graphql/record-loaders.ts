import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { Answer, LearnerRecord, ScenarioRun } from '../learner-record.js';
import { groupBy } from '../learner-record.store.js';
import type { PartOfRecord } from '../learner-record.store.js';
import { LearnerRecordsService } from '../learner-records.service.js';

interface Loaders {
  readonly answers: DataLoader<string, Answer[]>;
  readonly scenarioRuns: DataLoader<string, ScenarioRun[]>;
}

/** Reads the parts of all records of an operation in one query a kind. The records themselves were asked for by scope. */
@Injectable()
export class RecordLoaders {
  private readonly loaders = new WeakMap<object, Loaders>();

  constructor(private readonly records: LearnerRecordsService) {}

  /** @param operation the GraphQL context: loaders of its own for each */
  of(operation: object, organizationId: string): Loaders {
    let loaders = this.loaders.get(operation);
    if (!loaders) {
      loaders = {
        answers: partsLoader((ids) => this.records.answers(organizationId, ids)),
        scenarioRuns: partsLoader((ids) => this.records.scenarioRuns(organizationId, ids)),
      };
      this.loaders.set(operation, loaders);
    }
    return loaders;
  }
}

function partsLoader<Part>(
  read: (ids: readonly LearnerRecord['id'][]) => Promise<PartOfRecord<Part>[]>,
): DataLoader<string, Part[]> {
  return new DataLoader<string, Part[]>(async (ids) => {
    const parts = groupBy(await read(ids), ({ recordId }) => recordId);
    return ids.map((id) => parts.get(id) ?? []);
  });
}
