import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import { QUEUE_ATTEMPTS } from '../../../src/platform/jobs/resumable-job.js';
import type { StatementImport } from './statement-import.js';
import { StatementImportStore } from './statement-import.store.js';

export const IMPORT_STATEMENTS = 'import-statements';

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
        { organizationId, id: added.id },
        { jobKey: `${IMPORT_STATEMENTS} ${added.id}`, maxAttempts: QUEUE_ATTEMPTS },
      );
      return added;
    });
  }

  read<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.read(organizationId, work);
  }
}
