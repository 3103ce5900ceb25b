import { Args, Float, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { NotFound } from '../../../src/platform/errors.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { ImportProgress } from './import-progress.js';
import {
  CancelStatementImportResult,
  StatementImportConnection,
  StatementImportObject,
  StatementImportRefusalConnection,
} from './statement-import.graphql.js';
import type { Refusal, StatementImport } from './statement-import.js';
import { StatementImportsService } from './statement-imports.service.js';

@Resolver(() => StatementImportObject)
export class StatementImportResolver {
  constructor(
    private readonly imports: StatementImportsService,
    private readonly progress: ImportProgress,
  ) {}

  @Query(() => StatementImportObject, {
    nullable: true,
    description: 'One import; null when there is none with this id. Scope: STATEMENTS_WRITE.',
  })
  async statementImport(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the import.' }, UuidPipe) id: string,
  ): Promise<StatementImport | null> {
    const found = await this.imports.find(principal, id);
    return found instanceof NotFound ? null : found;
  }

  @Query(() => StatementImportConnection, { description: 'Imports, the newest first. Scope: STATEMENTS_WRITE.' })
  async statementImports(
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<StatementImport>> {
    return toConnection(succeeded(await this.imports.list(principal, page)), () => this.imports.count(principal));
  }

  @Mutation(() => CancelStatementImportResult, {
    description: 'Stops an import; what it has stored stays stored. Scope: STATEMENTS_WRITE.',
  })
  async cancelStatementImport(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the import.' }, UuidPipe) id: string,
  ): Promise<{ statementImport: StatementImport } | UserError> {
    return mapSuccess(await this.imports.cancel(principal, id), (statementImport) => ({ statementImport }));
  }

  @Subscription(() => StatementImportObject, {
    description: 'An import now and whenever it has got further, until it has ended. Scope: STATEMENTS_WRITE.',
    resolve: (state: StatementImport) => state,
  })
  async statementImportProgress(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the import.' }, UuidPipe) id: string,
  ): Promise<AsyncIterableIterator<StatementImport>> {
    succeeded(await this.imports.find(principal, id));
    return this.progress.follow(principal.organizationId, id);
  }

  @ResolveField(() => Float)
  lines(@Parent() { checkpoint }: StatementImport): number {
    return checkpoint.lines;
  }

  @ResolveField(() => Float)
  stored(@Parent() { counts }: StatementImport): number {
    return counts.stored;
  }

  @ResolveField(() => Float)
  refused(@Parent() { counts }: StatementImport): number {
    return counts.refused;
  }

  @ResolveField(() => StatementImportRefusalConnection, {
    description: 'Refused lines in the order of the file, the first 1,000.',
  })
  async refusals(
    @Parent() { id }: StatementImport,
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<Refusal>> {
    const found = succeeded(await this.imports.refusals(principal, id, page));
    return toConnection(found, () => this.imports.countRefusals(principal, id));
  }
}
