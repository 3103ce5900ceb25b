import { Injectable } from '@nestjs/common';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { AccessDenied, Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { filterOfText, StatementScan } from '../../insights/index.js';
import { ExportProgress } from './export-progress.js';
import { ExportQueue } from './export-queue.js';
import type { ExportRequest, StatementExport } from './statement-export.js';
import { StatementExportStore } from './statement-export.store.js';

/** Asking for exports of statements, and finding them. */
@Injectable()
export class StatementExportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exports: StatementExportStore,
    private readonly progress: ExportProgress,
    private readonly queue: ExportQueue,
    private readonly scan: StatementScan,
  ) {}

  /** Scope `records:read`. Has a job write the file. */
  async start(
    principal: Principal,
    request: ExportRequest,
    idempotencyKey?: string | null,
  ): Promise<StatementExport | ValidationFailed | Conflict> {
    requireExporter(principal);
    const refused = await this.scan.refusal(principal.organizationId, filterOfText(request.filter));
    return refused ?? this.queue.add(principal, request, idempotencyKey);
  }

  /** Scope `records:read`. */
  find(principal: Principal, id: string): Promise<StatementExport | NotFound> {
    requireExporter(principal);
    return this.progress.find(principal.organizationId, id);
  }

  /** Scope `records:read`. The newest first. */
  list(principal: Principal, page: PageRequest): Promise<Page<StatementExport> | ValidationFailed> {
    requireExporter(principal);
    return this.unitOfWork.read(principal.organizationId, () => this.exports.page(page));
  }

  /** Scope `records:read`. */
  count(principal: Principal): Promise<number> {
    requireExporter(principal);
    return this.unitOfWork.read(principal.organizationId, () => this.exports.count());
  }

  /** Scope `records:read`. Stops it when it is under way. Deleting twice changes nothing. */
  async delete(principal: Principal, id: string): Promise<StatementExport | NotFound> {
    requireExporter(principal);
    const { organizationId } = principal;
    await this.progress.delete(organizationId, id);
    return this.progress.find(organizationId, id);
  }
}

/** Who reads statements by GraphQL. Keys of packages, which learners hold, export nothing. */
export function requireExporter(principal: Principal): void {
  requireScope(principal, 'records:read');
  if (principal.restriction) throw new AccessDenied('FORBIDDEN', 'Keys of packages cannot export.');
}
