import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import type { Pipe } from '../pipe.js';
import { PipesService } from '../pipes.service.js';
import type { PipeFilterObject } from './pipe-filter.graphql.js';
import { CreatePipeInput, DeletePipeInput, ReplayPipeInput, UpdatePipeInput } from './pipe-input.graphql.js';
import { PipeLoaders } from './pipe-loaders.js';
import {
  CreatePipeResult,
  DeletePipeResult,
  PausePipeResult,
  PipeConnection,
  PipeObject,
  ReplayPipeResult,
  ResumePipeResult,
  UpdatePipeResult,
} from './pipe.graphql.js';
import type { PipeStatusObject } from './pipe.graphql.js';
import { filterView, settingsOf, statusView } from './pipe.view.js';

type PipeAnswer = Promise<{ pipe: Pipe } | UserError>;

@Resolver(() => PipeObject)
export class PipeResolver {
  constructor(
    private readonly pipes: PipesService,
    private readonly loaders: PipeLoaders,
  ) {}

  @Query(() => PipeConnection, {
    name: 'pipes',
    description: 'Pipes of your organization, oldest first. Scope: ADMIN.',
  })
  async list(@CurrentPrincipal() principal: Principal, @Args() page: ConnectionArgs): Promise<Connection<Pipe>> {
    const pipes = succeeded(await this.pipes.page(principal, page));
    return toConnection(pipes, () => this.pipes.count(principal));
  }

  @Query(() => PipeObject, { nullable: true, description: 'One pipe; null when there is none. Scope: ADMIN.' })
  pipe(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the pipe.' }, UuidPipe) id: string,
  ): Promise<Pipe | undefined> {
    return this.pipes.find(principal, id);
  }

  @Mutation(() => CreatePipeResult, { description: 'Creates a pipe, which delivers at once. Scope: ADMIN.' })
  async createPipe(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The pipe.' }) input: CreatePipeInput,
  ): PipeAnswer {
    const { start, startTime, paused, idempotencyKey } = input;
    const pipe = { ...settingsOf(input), start: startTime ?? start ?? 'NOW', paused, idempotencyKey };
    return mapSuccess(await this.pipes.create(principal, pipe), shown);
  }

  @Mutation(() => UpdatePipeResult, {
    description: 'Replaces the settings of a pipe. It goes on from where it stands, at once. Scope: ADMIN.',
  })
  async updatePipe(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The pipe, and all of its settings.' }) input: UpdatePipeInput,
  ): PipeAnswer {
    const { id, expectedRevision } = input;
    return mapSuccess(await this.pipes.update(principal, { ...settingsOf(input), id, expectedRevision }), shown);
  }

  @Mutation(() => PausePipeResult, {
    description: 'Stops a pipe once the request under way has ended. Nothing is lost meanwhile. Scope: ADMIN.',
  })
  async pausePipe(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the pipe.' }, UuidPipe) id: string,
  ): PipeAnswer {
    return mapSuccess(await this.pipes.pause(principal, id), shown);
  }

  @Mutation(() => ResumePipeResult, {
    description:
      'Lets a pipe go on from where it stands. One that waits after a failure tries again at once. Scope: ADMIN.',
  })
  async resumePipe(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the pipe.' }, UuidPipe) id: string,
  ): PipeAnswer {
    return mapSuccess(await this.pipes.resume(principal, id), shown);
  }

  @Mutation(() => ReplayPipeResult, {
    description:
      'Sets a pipe to another time, earlier or later. What the target has already does no harm: it knows the ids. Scope: ADMIN.',
  })
  async replayPipe(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The pipe and the time.' }) { id, since }: ReplayPipeInput,
  ): PipeAnswer {
    return mapSuccess(await this.pipes.replay(principal, id, since), shown);
  }

  @Mutation(() => DeletePipeResult, { description: 'Deletes a pipe with its dead letters. Scope: ADMIN.' })
  deletePipe(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The pipe, as you read it.' }) input: DeletePipeInput,
  ): Promise<{ deletedId: string } | UserError> {
    return this.pipes.delete(principal, input);
  }

  @ResolveField()
  filter(@Parent() { filter }: Pipe): PipeFilterObject {
    return filterView(filter);
  }

  @ResolveField()
  async status(
    @Parent() pipe: Pipe,
    @CurrentPrincipal() principal: Principal,
    @Context() operation: object,
  ): Promise<PipeStatusObject> {
    return statusView(pipe, await this.loaders.standings(operation, principal.organizationId).load(pipe.id));
  }
}

const shown = (pipe: Pipe): { pipe: Pipe } => ({ pipe });
