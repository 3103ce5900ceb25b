import { Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { JobRunner } from './job-runner.js';
import type { JobHandler } from './jobs.js';

/** Something long that a job does, from checkpoint to checkpoint. */
export interface Attempt {
  readonly id: string;
  /** How often it was begun since it got further; undefined when nobody counts. */
  readonly attempts?: number;
  /** Why the last attempt came to nothing. */
  readonly error?: string | undefined;
}

/** What an error comes to. */
export interface Verdict {
  /** For those who wait. */
  readonly reason: string;
  /** No other attempt can help. */
  readonly forGood: boolean;
}

/** Attempts in a row that get nowhere, before it has failed. */
const MAXIMUM_ATTEMPTS = 8;

/** Attempts that the queue makes in all: others are cut off after they have got further. */
export const QUEUE_ATTEMPTS = 1_000;

/** The service stops: the next start goes on. */
class Interrupted extends Error {}

/** A job that goes on from the last checkpoint when it is run again. */
export abstract class ResumableJob<Each extends Attempt> implements JobHandler, OnModuleInit, OnModuleDestroy {
  abstract readonly task: string;
  /** What the payload calls the id of what is to be done. */
  protected readonly idName: string = 'id';
  private readonly logger = new Logger(this.constructor.name);
  private stopping = false;

  constructor(private readonly jobs: JobRunner) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  /** Before the runner waits for its jobs. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** @throws what went wrong when another attempt may help. */
  async handle(payload: unknown): Promise<void> {
    const { organizationId, [this.idName]: id } = payload as { organizationId: string; [name: string]: string };
    const begun = await this.begin(organizationId, id!);
    if (!begun) return this.leave(organizationId, id!);
    if (this.fail && (begun.attempts ?? 0) > MAXIMUM_ATTEMPTS) {
      return this.fail(organizationId, begun.id, begun.error ?? 'It was cut off each time it began.');
    }
    try {
      await this.goOn(organizationId, begun);
    } catch (error) {
      await this.cutOff(organizationId, begun, error);
    }
  }

  /** Begins an attempt; undefined when there is nothing to do any more. */
  protected abstract begin(organizationId: string, id: string): Promise<Each | undefined>;

  /** Goes on from the checkpoint to the end, and notes that it is done. */
  protected abstract goOn(organizationId: string, begun: Each): Promise<void>;

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  protected abstract pause(organizationId: string, id: string, reason?: string): Promise<void>;

  /** Gives it up. A job without this is tried again and again. */
  protected fail?(organizationId: string, id: string, reason: string): Promise<void>;

  /** Somebody else ended it. */
  protected leave(_organizationId: string, _id: string): Promise<void> {
    return Promise.resolve();
  }

  /** Undefined when it is a fault of ours, which another attempt may be spared. */
  protected verdictOf(_error: unknown): Verdict | undefined {
    return undefined;
  }

  /** To be called after each checkpoint. @throws when the service stops */
  protected readonly checkpoint = (): void => {
    if (this.stopping) throw new Interrupted('The service stops; the next start goes on.');
  };

  private async cutOff(organizationId: string, { id, attempts }: Each, error: unknown): Promise<void> {
    if (error instanceof Interrupted) await this.pause(organizationId, id);
    else {
      const verdict = this.verdictOf(error);
      if (this.fail && verdict?.forGood) return this.fail(organizationId, id, verdict.reason);
      this.logger.error({ id, attempts, err: error });
      await this.pause(
        organizationId,
        id,
        verdict?.reason ?? `It failed on our side; the log has it under the id ${id}.`,
      );
    }
    throw error;
  }
}
