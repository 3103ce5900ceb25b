import { Injectable, Logger } from '@nestjs/common';
import { SealBroken, SealedSecrets } from '../../../src/platform/secrets/sealed-secrets.js';
import { secretPlaceOf } from '../secret-place.js';
import { Targets } from '../targets/targets.js';
import type { Outgoing, Verdict } from '../targets/target.js';
import { PageSize } from './load.js';
import type { Load, NoLoad } from './load.js';
import { latest, LoadReader } from './load-reader.js';
import { offer } from './offer.js';
import type { Settled } from './offer.js';
import { Settlements } from './settlements.js';

/** What a turn has come to. */
export type TurnEnd =
  /** The pipe is paused or gone; nothing is left; nothing may be tried before a time. */
  | NoLoad
  /** Something is left. */
  | { readonly kind: 'MORE' }
  /** The target fails or is slow, and there is no room for another of that kind. */
  | { readonly kind: 'CROWDED' };

/** How long a pipe delivers before others have their turn, in milliseconds. */
const TURN_MS = 10_000;

/** A target that takes longer than this to answer is slow. */
const SLOW_MS = 5_000;

/** Where a load begins, and what the latest request tells. */
interface Course {
  from: string;
  took: number;
  delivered: number;
  refused: number;
}

/** Delivers what a pipe has to deliver. */
@Injectable()
export class Deliverer {
  private readonly logger = new Logger('Pipes');

  constructor(
    private readonly loads: LoadReader,
    private readonly targets: Targets,
    private readonly settlements: Settlements,
    private readonly secrets: SealedSecrets,
  ) {}

  /**
   * Delivers for a while, batch by batch. Each is remembered before the next one is read.
   *
   * @param enterSlow whether a delivery to a target that fails or is slow may begin now
   */
  async turn(organizationId: string, pipeId: string, signal: AbortSignal, enterSlow: () => boolean): Promise<TurnEnd> {
    const pages = new PageSize();
    const end = Date.now() + TURN_MS;
    let entered = false;
    while (Date.now() < end && !signal.aborted) {
      const load = await this.loads.next(organizationId, pipeId, pages.size);
      if (load.kind !== 'LOAD') return load;
      const { failures, lastTook } = load.assignment;
      if (!entered && (failures > 0 || lastTook > SLOW_MS) && !enterSlow()) return { kind: 'CROWDED' };
      entered = true;
      pages.learnFrom(load);
      const until = await this.deliver(organizationId, load, signal);
      if (until) return { kind: 'WAITING', until };
    }
    return { kind: 'MORE' };
  }

  /** @returns when to try again, when the target fails */
  private async deliver(organizationId: string, load: Load, signal: AbortSignal): Promise<Date | undefined> {
    const { pipeId, position, failures, lastTook } = load.assignment;
    const course: Course = { from: position, took: lastTook, delivered: 0, refused: 0 };
    if (load.outgoing.length === 0) {
      await this.settle(organizationId, load, course, { delivered: [], refused: [] });
      return undefined;
    }
    const offers = offer(load.outgoing, (batch) => this.send(organizationId, load, batch, course, signal));
    for (;;) {
      const step = await offers.next();
      if (!step.done) {
        if (!(await this.settle(organizationId, load, course, step.value))) return undefined;
        continue;
      }
      const failure = step.value ?? refusedAll(load, course);
      // What comes of a request that was given up tells nothing of the target.
      if (!failure || signal.aborted) return undefined;
      return this.settlements.fail(organizationId, pipeId, {
        failures: course.delivered > 0 ? 1 : failures + 1,
        message: failure.message,
        retryAt: failure.retryAt,
        took: course.took,
      });
    }
  }

  private async send(
    organizationId: string,
    { assignment: { pipeId, target, secret } }: Load,
    batch: readonly Outgoing[],
    course: Course,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const begun = Date.now();
    try {
      const opened = this.secrets.open(secret, secretPlaceOf(organizationId, pipeId));
      return await this.targets.of(target).deliver(batch, { organizationId, settings: target, secret: opened, signal });
    } catch (error) {
      if (error instanceof SealBroken) {
        return { kind: 'UNAVAILABLE', message: `The credential cannot be read. ${error.message} Set it again.` };
      }
      // Whatever is wrong, the pipe is seen to fail, and goes on when it is mended.
      this.logger.error(error);
      return { kind: 'UNAVAILABLE', message: 'Something went wrong on our side; the log has it.' };
    } finally {
      course.took = Date.now() - begun;
    }
  }

  /** The cursor moves with what is settled; with the last of the load to its end. */
  private async settle(organizationId: string, load: Load, course: Course, settled: Settled): Promise<boolean> {
    const { delivered, refused, tooMany } = settled;
    const last = refused.at(-1)?.outgoing ?? delivered.at(-1);
    const whole = last === load.outgoing.at(-1);
    const to = whole ? load.to : latest(course.from, last!.position);
    const kept = await this.settlements.settle(organizationId, load.assignment.pipeId, {
      from: course.from,
      to: load.retry ? course.from : to,
      delivered: delivered.map(({ position }) => position),
      refused: whole ? [...refused, ...load.unfit] : refused,
      gone: whole ? load.gone : [],
      batchLimit: batchLimitAfter(load, tooMany),
      took: course.took,
    });
    if (!load.retry) course.from = to;
    course.delivered += delivered.length;
    course.refused += refused.length;
    return kept;
  }
}

/** Halved when so many were too many, then slowly back to what the pipe allows. */
function batchLimitAfter({ assignment: { batchLimit } }: Load, tooMany: number | undefined): number {
  return tooMany === undefined ? Math.ceil(batchLimit * 1.1) : Math.max(1, Math.floor(tooMany / 2));
}

/**
 * A target that takes nothing of what it is offered may be set up wrongly. The statements are dead letters and can be tried
 * again, but the pipe slows down, and is seen to fail.
 */
function refusedAll({ retry }: Load, { delivered, refused }: Course): { message: string; retryAt?: Date } | undefined {
  if (retry || delivered > 0 || refused === 0) return undefined;
  return { message: 'It refused every statement of a batch; the dead letters have its answers.' };
}
