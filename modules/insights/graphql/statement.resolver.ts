import { Args, GraphQLISODateTime, ID, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import type { RecordedStatement } from '../../lrs/index.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { FactsLag } from '../projection/facts-lag.js';
import { MOST_COUNTED, RecordedStatementsService } from '../statements/recorded-statements.service.js';
import { StatementStream } from '../statements/statement-stream.js';
import { StatementsArgs, StatementStoredArgs } from './filter.graphql.js';
import { filterOf } from './filter.view.js';
import { StatementConnection, StatementObject, StatementsStatusObject } from './statement.graphql.js';
import { statementView } from './statement.view.js';

/** A page, how far it is complete, and the count of all pages, made once however often it is asked for. */
interface ShownPage extends Omit<Connection<StatementObject>, 'totalCount'> {
  readonly consistentThrough: Date;
  readonly count: () => Promise<number>;
}

@Resolver(() => StatementConnection)
export class StatementResolver {
  constructor(
    private readonly recorded: RecordedStatementsService,
    private readonly lag: FactsLag,
    private readonly stream: StatementStream,
  ) {}

  @Query(() => StatementConnection, {
    description:
      'Statements, the one that was stored last first. Voided ones are left out. A filter looks at the statement itself: ' +
      'unlike at /xapi, a statement about another one is not found by what the other says. Scope: RECORDS_READ.',
  })
  async statements(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter, ascending, ...request }: StatementsArgs,
  ): Promise<ShownPage> {
    const chosen = filterOf(filter);
    const page = succeeded(await this.recorded.list(principal, chosen, ascending ?? false, request));
    const count = once(async () => succeeded(await this.recorded.count(principal, chosen)));
    const { edges, nodes, pageInfo } = toConnection({ ...page, items: page.items.map(statementView) }, count);
    return { edges, nodes, pageInfo, consistentThrough: page.consistentThrough, count };
  }

  @Query(() => StatementObject, {
    nullable: true,
    description: 'The statement with the id, voided or not; null when there is none. Scope: RECORDS_READ.',
  })
  async statement(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'UUID of the statement.' }, UuidPipe) id: string,
  ): Promise<StatementObject | null> {
    const found = await this.recorded.find(principal, id);
    return found ? statementView(found) : null;
  }

  @Query(() => StatementsStatusObject, {
    description: 'How far the answers of `statements` and `statementAggregate` are behind. Scope: RECORDS_READ.',
  })
  async statementsStatus(@CurrentPrincipal() principal: Principal): Promise<StatementsStatusObject> {
    requireScope(principal, 'records:read');
    const { consistentThrough, seconds, statements } = await this.lag.of(principal.organizationId);
    return { consistentThrough, lagSeconds: seconds, waiting: statements };
  }

  @Subscription(() => StatementObject, {
    description:
      'Statements that fit the filter, each as soon as it is stored, in the order of storage; none from before. When the ' +
      'connection is lost, go on with `statements(filter: { since })`. Scope: RECORDS_READ.',
    resolve: (stored: RecordedStatement) => statementView(stored),
  })
  statementStored(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter }: StatementStoredArgs,
  ): Promise<AsyncIterableIterator<RecordedStatement>> {
    return this.stream.follow(principal, filterOf(filter));
  }

  @ResolveField(() => Number)
  async totalCount(@Parent() { count }: ShownPage): Promise<number> {
    return Math.min(await count(), MOST_COUNTED);
  }

  @ResolveField(() => Boolean, {
    description: `Whether there are more than totalCount tells: counting stops at ${MOST_COUNTED}.`,
  })
  async totalCountIsLowerBound(@Parent() { count }: ShownPage): Promise<boolean> {
    return (await count()) > MOST_COUNTED;
  }

  @ResolveField(() => GraphQLISODateTime, {
    description: 'Every statement that was stored before this time is taken into account.',
  })
  consistentThrough(@Parent() { consistentThrough }: ShownPage): Date {
    return consistentThrough;
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
