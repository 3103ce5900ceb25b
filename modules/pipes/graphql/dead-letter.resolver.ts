import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { DeadLettersService } from '../dead-letters.service.js';
import type { DeadLetter } from '../pipe.js';
import {
  DeadLetterConnection,
  DeadLetterObject,
  DeadLettersArgs,
  DeadLettersInput,
  RetryDeadLettersResult,
  SkipDeadLettersResult,
} from './dead-letter.graphql.js';

@Resolver(() => DeadLetterObject)
export class DeadLetterResolver {
  constructor(private readonly deadLetters: DeadLettersService) {}

  @Query(() => DeadLetterConnection, {
    description:
      'Statements that the target of a pipe does not take, in the order of storage; none for a pipe that does not exist. ' +
      'Scope: ADMIN.',
  })
  async pipeDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args() { pipeId, ...page }: DeadLettersArgs,
  ): Promise<Connection<DeadLetter>> {
    const found = succeeded(await this.deadLetters.page(principal, pipeId, page));
    return toConnection(found, () => this.deadLetters.count(principal, pipeId));
  }

  @Mutation(() => RetryDeadLettersResult, {
    description: 'Offers dead letters to the target again, before anything else. Scope: ADMIN.',
  })
  async retryPipeDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'Which ones.' }) input: DeadLettersInput,
  ): Promise<{ count: number } | UserError> {
    return mapSuccess(await this.deadLetters.retry(principal, input), counted);
  }

  @Mutation(() => SkipDeadLettersResult, {
    description: 'Gives dead letters up: the target will not get these statements. Scope: ADMIN.',
  })
  async skipPipeDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'Which ones.' }) input: DeadLettersInput,
  ): Promise<{ count: number } | UserError> {
    return mapSuccess(await this.deadLetters.skip(principal, input), counted);
  }
}

const counted = (count: number): { count: number } => ({ count });
