import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { StatementImport } from './statement-import.js';
import { StatementImportStore } from './statement-import.store.js';

export const IMPORT_STATEMENTS = 'import-statements';

/** Attempts in a row that get nowhere, before an import has failed. */
export const MAXIMUM_ATTEMPTS = 8;

/** Where imports wait for their job. */
@Injectable()
export class ImportQueue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: StatementImportStore,
    private readonly jobs: Jobs,
  ) {}

  add(organizationId: string, ...wanted: Parameters<StatementImportStore['add']>): Promise<StatementImport> {
    return this.unitOfWork.run(organizationId, async () => {
      const added = await this.imports.add(...wanted);
      await this.jobs.enqueue(
        IMPORT_STATEMENTS,
        { organizationId, importId: added.id },
        { jobKey: `${IMPORT_STATEMENTS} ${added.id}`, maxAttempts: 1_000 },
      );
      return added;
    });
  }

  read<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.read(organizationId, work);
  }
}
