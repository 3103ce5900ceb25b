import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { NotFound, UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { DownloadLinks } from '../../../src/platform/http/downloads/download-links.js';
import { filterText } from '../../insights/index.js';
import { ExportProgress } from './export-progress.js';
import { requestOf } from './export-request.js';
import { ExportStatementsInput } from './statement-export-input.graphql.js';
import { toView } from './statement-export.view.js';
import {
  DeleteStatementExportResult,
  ExportStatementsResult,
  StatementExportConnection,
  StatementExportObject,
} from './statement-export.graphql.js';
import type { StatementExport } from './statement-export.js';
import { StatementExportsService } from './statement-exports.service.js';

type Shown = Omit<StatementExportObject, 'url'>;

@Resolver(() => StatementExportObject)
export class StatementExportResolver {
  constructor(
    private readonly exports: StatementExportsService,
    private readonly progress: ExportProgress,
    private readonly links: DownloadLinks,
  ) {}

  @Query(() => StatementExportObject, {
    nullable: true,
    description: 'One export; null when there is none with this id. Scope: RECORDS_READ.',
  })
  async statementExport(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the export.' }, UuidPipe) id: string,
  ): Promise<Shown | null> {
    const found = await this.exports.find(principal, id);
    return found instanceof NotFound ? null : toView(found);
  }

  @Query(() => StatementExportConnection, { description: 'Exports, the newest first. Scope: RECORDS_READ.' })
  async statementExports(
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<Shown>> {
    const found = succeeded(await this.exports.list(principal, page));
    return toConnection({ ...found, items: found.items.map(toView) }, () => this.exports.count(principal));
  }

  @Mutation(() => ExportStatementsResult, {
    description:
      'Writes statements into a file, which a job does; millions of them take minutes. What is stored after it has begun ' +
      'is not in the file. Scope: RECORDS_READ.',
  })
  async exportStatements(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The file.' }) input: ExportStatementsInput,
  ): Promise<{ statementExport: Shown } | UserError> {
    const { filter, idempotencyKey, ...sent } = input;
    const request = requestOf({ ...sent, filter: filter ? filterText(filter) : undefined });
    if (request instanceof UserError) return request;
    const started = await this.exports.start(principal, request, idempotencyKey);
    return mapSuccess(started, (made) => ({ statementExport: toView(made) }));
  }

  @Mutation(() => DeleteStatementExportResult, {
    description: 'Deletes the file of an export, or stops an export that is under way. Scope: RECORDS_READ.',
  })
  async deleteStatementExport(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the export.' }, UuidPipe) id: string,
  ): Promise<{ statementExport: Shown } | UserError> {
    const deleted = await this.exports.delete(principal, id);
    return mapSuccess(deleted, (found) => ({ statementExport: toView(found) }));
  }

  @Subscription(() => StatementExportObject, {
    description: 'An export now and whenever it has got further, until it has ended. Scope: RECORDS_READ.',
    resolve: (state: StatementExport) => toView(state),
  })
  async statementExportProgress(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the export.' }, UuidPipe) id: string,
  ): Promise<AsyncIterableIterator<StatementExport>> {
    succeeded(await this.exports.find(principal, id));
    return this.progress.follow(principal.organizationId, id);
  }

  @ResolveField(() => String, { nullable: true })
  url(
    @Parent() { id, status, fileName }: Shown,
    @CurrentPrincipal() { organizationId }: Principal,
  ): string | undefined {
    return status === 'DONE' ? this.links.of('statement-exports', { organizationId, id }, fileName) : undefined;
  }
}
