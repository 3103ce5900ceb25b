import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { Conflict, NotFound, RevisionConflict, UserError, ValidationFailed } from '../../src/platform/errors.js';
import { Idempotency } from '../../src/platform/graphql/idempotency/idempotency.js';
import { PipeDoor } from './delivery/pipe-door.js';
import type { Standing } from './delivery/pipe-gauge.js';
import { withoutSecret } from './pipe-input.js';
import type { ChangedPipe, NewPipe } from './pipe-input.js';
import type { Pipe } from './pipe.js';
import { PipeStore } from './pipe.store.js';
import { TargetKeeper } from './target-keeper.js';

/** More than anybody forwards to, and few enough that each new statement can wake them all. */
const MOST_PIPES = 100;

/** Pipes: where the statements of an organization are forwarded to. Scope `admin` for everything. */
@Injectable()
export class PipesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly pipes: PipeStore,
    private readonly targets: TargetKeeper,
    private readonly door: PipeDoor,
  ) {}

  find(principal: Principal, id: string): Promise<Pipe | undefined> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.pipes.find(principal.organizationId, id));
  }

  /** The oldest first. */
  page(principal: Principal, request: PageRequest): Promise<Page<Pipe> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.pipes.page(principal.organizationId, request));
  }

  count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.pipes.count(principal.organizationId));
  }

  /** How pipes that the caller has been shown stand. */
  standings(organizationId: string, pipeIds: readonly string[]): Promise<Map<string, Standing>> {
    return this.door.standings(organizationId, pipeIds);
  }

  /** @returns Conflict when there are too many, or the idempotency key is another request's */
  async create(principal: Principal, input: NewPipe): Promise<Pipe | ValidationFailed | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    const { idempotencyKey, start, target, ...rest } = input;
    const id = uuidV7();
    const kept = this.targets.keep(organizationId, id, target, undefined);
    if (kept instanceof UserError) return kept;
    const request = { ...withoutSecret(input), idempotencyKey: undefined };
    return this.idempotency.run(principal, idempotencyKey, 'createPipe', request, async () => {
      if ((await this.pipes.count(organizationId)) >= MOST_PIPES) {
        return new Conflict(`An organization has ${MOST_PIPES} pipes at most.`);
      }
      const position = await this.door.startOf(organizationId, start);
      const pipe = { ...rest, id, target: kept.settings };
      const added = await this.pipes.add(organizationId, pipe, kept.secret!, position);
      if (!added.paused) await this.door.wake(organizationId, id);
      return added;
    });
  }

  /** Replaces the settings. The credential may be left out while the target stays where it is. */
  async update(
    principal: Principal,
    { id, expectedRevision, target, ...rest }: ChangedPipe,
  ): Promise<Pipe | NotFound | RevisionConflict | ValidationFailed> {
    return this.change(principal, id, expectedRevision, async (pipe) => {
      const kept = this.targets.keep(principal.organizationId, id, target, pipe.target);
      if (kept instanceof UserError) return kept;
      const settings = { ...rest, target: kept.settings };
      const written = await this.pipes.write(principal.organizationId, id, settings, kept.secret);
      await this.door.wake(principal.organizationId, id);
      return written;
    });
  }

  /** Nothing leaves any more, once the request under way has ended. */
  pause(principal: Principal, id: string): Promise<Pipe | NotFound> {
    return this.change(principal, id, undefined, (pipe) =>
      pipe.paused ? Promise.resolve(pipe) : this.pipes.setPaused(principal.organizationId, id, true),
    );
  }

  /** Goes on from where it stood. A pipe that waits after a failure tries again at once. */
  resume(principal: Principal, id: string): Promise<Pipe | NotFound> {
    const { organizationId } = principal;
    return this.change(principal, id, undefined, async (pipe) => {
      const resumed = pipe.paused ? await this.pipes.setPaused(organizationId, id, false) : pipe;
      await this.door.hurry(organizationId, id);
      return resumed;
    });
  }

  /** Delivers again, or for the first time, what was stored then or later. */
  replay(principal: Principal, id: string, since: Date): Promise<Pipe | NotFound> {
    const { organizationId } = principal;
    return this.change(principal, id, undefined, async (pipe) => {
      await this.door.moveTo(organizationId, id, since);
      return pipe;
    });
  }

  delete(
    principal: Principal,
    { id, expectedRevision }: { id: string; expectedRevision: number },
  ): Promise<{ deletedId: string } | NotFound | RevisionConflict> {
    return this.change(principal, id, expectedRevision, async () => {
      await this.pipes.delete(principal.organizationId, id);
      return { deletedId: id };
    });
  }

  private change<T, Expected extends number | undefined>(
    principal: Principal,
    id: string,
    expectedRevision: Expected,
    work: (pipe: Pipe) => Promise<T>,
  ): Promise<T | NotFound | (Expected extends number ? RevisionConflict : never)> {
    requireScope(principal, 'admin');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const pipe = await this.pipes.lock(principal.organizationId, id);
      if (!pipe) return new NotFound('Pipe', id, ['id']);
      if (expectedRevision === undefined || pipe.revision === expectedRevision) return work(pipe);
      type Changed = Expected extends number ? RevisionConflict : never;
      return new RevisionConflict(pipe.revision) as Changed;
    });
  }
}
