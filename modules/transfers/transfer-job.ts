import { Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import type { JobHandler } from '../../src/platform/jobs/jobs.js';

/** What jobs of transfers are told. */
export interface TransferPayload {
  readonly organizationId: string;
  readonly id: string;
}

/** A file of statements on its way in or out, from checkpoint to checkpoint. */
export interface Transfer {
  readonly id: string;
  /** How often the job was begun since it got further. */
  readonly attempts: number;
  /** Why the last attempt came to nothing. */
  readonly error: string | undefined;
}

/** Attempts in a row that get nowhere, before a transfer has failed. */
const MAXIMUM_ATTEMPTS = 8;

/** Attempts that the queue makes in all: others are cut off after they have got further. */
export const QUEUE_ATTEMPTS = 1_000;

/** The service stops: the next start goes on. */
class Interrupted extends Error {}

/** A job that goes on from the last checkpoint when it is run again. */
export abstract class TransferJob<Each extends Transfer> implements JobHandler, OnModuleInit, OnModuleDestroy {
  abstract readonly task: string;
  /** Its own: transfers take hours, and nobody else is to wait for them, nor a small one for a large one. */
  readonly workers = 2;
  protected readonly logger = new Logger(this.constructor.name);
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
    const { organizationId, id } = payload as TransferPayload;
    const begun = await this.begin(organizationId, id);
    if (!begun) return this.leave(organizationId, id);
    if (begun.attempts > MAXIMUM_ATTEMPTS) {
      return this.end(organizationId, id, 'FAILED', begun.error ?? 'It was cut off each time it began.');
    }
    try {
      if (await this.run(organizationId, begun)) await this.end(organizationId, id, 'DONE');
      else await this.leave(organizationId, id);
    } catch (error) {
      await this.fail(organizationId, begun, error);
    }
  }

  /** Begins an attempt; undefined when the transfer has ended. */
  protected abstract begin(organizationId: string, id: string): Promise<Each | undefined>;

  /** @returns false when it was ended by somebody else meanwhile */
  protected abstract run(organizationId: string, begun: Each): Promise<boolean>;

  protected abstract end(organizationId: string, id: string, status: 'DONE' | 'FAILED', error?: string): Promise<void>;

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  protected abstract pause(organizationId: string, id: string, error?: string): Promise<void>;

  /** Somebody else ended it. */
  protected abstract leave(organizationId: string, id: string): Promise<void>;

  /** Why no other attempt can help; undefined when one may. */
  protected abstract reasonOf(error: unknown): string | undefined;

  /** To be called after each checkpoint. @throws when the service stops */
  protected goOn(): void {
    if (this.stopping) throw new Interrupted('The service stops; the next start goes on.');
  }

  private async fail(organizationId: string, { id, attempts }: Each, error: unknown): Promise<void> {
    const reason = this.reasonOf(error);
    if (reason !== undefined) return this.end(organizationId, id, 'FAILED', reason);
    if (error instanceof Interrupted) await this.pause(organizationId, id);
    else {
      this.logger.error({ transferId: id, attempts, err: error });
      await this.pause(organizationId, id, `It failed on our side; the log has it under the id ${id}.`);
    }
    throw error;
  }
}
