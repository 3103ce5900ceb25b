import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { NotFound } from '../../src/platform/errors.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import { DeadLetterStore } from './delivery/dead-letter.store.js';
import type { Chosen } from './delivery/dead-letter.store.js';
import { PipeDoor } from './delivery/pipe-door.js';
import type { DeadLetter } from './pipe.js';
import { PipeStore } from './pipe.store.js';

/** Statements that a target does not take, until somebody decides what becomes of them. Scope `admin`. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pipes: PipeStore,
    private readonly deadLetters: DeadLetterStore,
    private readonly door: PipeDoor,
  ) {}

  /** In the order of storage; none for a pipe that does not exist. */
  page(principal: Principal, pipeId: string, request: PageRequest): Promise<Page<DeadLetter> | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.deadLetters.page(organizationId, pipeId, request));
  }

  count(principal: Principal, pipeId: string): Promise<number> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.deadLetters.count(organizationId, pipeId));
  }

  /** Offers them to the target again. @returns how many */
  retry(principal: Principal, chosen: Chosen): Promise<number | NotFound> {
    const { organizationId } = principal;
    return this.withPipe(principal, chosen.pipeId, async () => {
      const count = await this.deadLetters.retry(organizationId, chosen);
      if (count > 0) await this.door.hurry(organizationId, chosen.pipeId);
      return count;
    });
  }

  /** Gives them up. @returns how many */
  skip(principal: Principal, chosen: Chosen): Promise<number | NotFound> {
    return this.withPipe(principal, chosen.pipeId, () => this.deadLetters.skip(principal.organizationId, chosen));
  }

  private withPipe<T>(principal: Principal, pipeId: string, work: () => Promise<T>): Promise<T | NotFound> {
    requireScope(principal, 'admin');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const pipe = await this.pipes.lock(principal.organizationId, pipeId);
      return pipe ? work() : new NotFound('Pipe', pipeId, ['pipeId']);
    });
  }
}
