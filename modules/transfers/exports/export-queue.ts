import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import type { Conflict } from '../../../src/platform/errors.js';
import { Idempotency } from '../../../src/platform/graphql/idempotency/idempotency.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import { QUEUE_ATTEMPTS } from '../../../src/platform/jobs/resumable-job.js';
import { EXPORT_STATEMENTS } from './export.job.js';
import type { ExportRequest, StatementExport } from './statement-export.js';
import { StatementExportStore } from './statement-export.store.js';

/** Where exports wait for their job. */
@Injectable()
export class ExportQueue {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly exports: StatementExportStore,
    private readonly jobs: Jobs,
  ) {}

  add(
    principal: Principal,
    request: ExportRequest,
    idempotencyKey: string | null | undefined,
  ): Promise<StatementExport | Conflict> {
    const { organizationId } = principal;
    return this.idempotency.run<StatementExport>(principal, idempotencyKey, 'exportStatements', request, async () => {
      const added = await this.exports.add(uuidV7(), request);
      await this.jobs.enqueue(
        EXPORT_STATEMENTS,
        { organizationId, id: added.id },
        { jobKey: `${EXPORT_STATEMENTS} ${added.id}`, maxAttempts: QUEUE_ATTEMPTS },
      );
      return added;
    });
  }
}
