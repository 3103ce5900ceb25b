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
import type { SlowPlace } from './slow-lane.js';

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

const CROWDED_OUT: Verdict = {
  kind: 'UNAVAILABLE',
  message: `No answer within ${SLOW_MS / 1_000} seconds, while other slow targets are waited for; the next try has more time.`,
};

/** What ends a request before its time. */
interface Limits {
  readonly signal: AbortSignal;
  readonly place: SlowPlace;
}

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
   * @param place in the slow lane: taken for a target that fails or was slow, and once a request takes long
   */
  async turn(organizationId: string, pipeId: string, signal: AbortSignal, place: SlowPlace): Promise<TurnEnd> {
    const pages = new PageSize();
    const end = Date.now() + TURN_MS;
    let begun = false;
    while (Date.now() < end && !signal.aborted) {
      const load = await this.loads.next(organizationId, pipeId, pages.size);
      if (load.kind !== 'LOAD') return load;
      const { failures, lastTook } = load.assignment;
      if (!begun && (failures > 0 || lastTook > SLOW_MS) && !place.enter()) return { kind: 'CROWDED' };
      begun = true;
      pages.learnFrom(load);
      const until = await this.deliver(organizationId, load, { signal, place });
      if (until) return { kind: 'WAITING', until };
    }
    return { kind: 'MORE' };
  }

  /** @returns when to try again, when the target fails */
  private async deliver(organizationId: string, load: Load, limits: Limits): Promise<Date | undefined> {
    const { pipeId, position, failures, lastTook } = load.assignment;
    const course: Course = { from: position, took: lastTook, delivered: 0, refused: 0 };
    if (load.outgoing.length === 0) {
      await this.settle(organizationId, load, course, { delivered: [], refused: [] });
      return undefined;
    }
    const offers = offer(load.outgoing, (batch) => this.send(organizationId, load, batch, { course, limits }));
    for (;;) {
      const step = await offers.next();
      if (!step.done) {
        if (!(await this.settle(organizationId, load, course, step.value))) return undefined;
        continue;
      }
      const failure = step.value ?? refusedAll(load, course);
      // What comes of a request that was given up tells nothing of the target.
      if (!failure || limits.signal.aborted) return undefined;
      return this.settlements.fail(organizationId, pipeId, {
        failures: course.delivered > 0 ? 1 : failures + 1,
        message: failure.message,
        outgoing: load.outgoing,
        retryAt: failure.retryAt,
        took: course.took,
      });
    }
  }

  private async send(
    organizationId: string,
    { assignment: { pipeId, target, secret } }: Load,
    batch: readonly Outgoing[],
    { course, limits: { signal, place } }: { course: Course; limits: Limits },
  ): Promise<Verdict> {
    const begun = Date.now();
    const crowdedOut = new AbortController();
    const slow = setTimeout(() => place.enter() || crowdedOut.abort(), SLOW_MS);
    try {
      const opened = await this.open(organizationId, pipeId, secret);
      const delivery = { organizationId, settings: target, secret: opened };
      const either = AbortSignal.any([signal, crowdedOut.signal]);
      const verdict = await this.targets.of(target).deliver(batch, { ...delivery, signal: either });
      return crowdedOut.signal.aborted && verdict.kind === 'UNAVAILABLE' ? CROWDED_OUT : verdict;
    } catch (error) {
      if (error instanceof SealBroken) {
        return { kind: 'UNAVAILABLE', message: `The credential cannot be read. ${error.message} Set it again.` };
      }
      // Whatever is wrong, the pipe is seen to fail, and goes on when it is mended.
      this.logger.error(error);
      return { kind: 'UNAVAILABLE', message: 'Something went wrong on our side; the log has it.' };
    } finally {
      clearTimeout(slow);
      course.took = Date.now() - begun;
    }
  }

  /** What an installation secret of before has sealed is sealed with the present one, so that the old one can go. */
  private async open(organizationId: string, pipeId: string, sealed: string): Promise<string> {
    const place = secretPlaceOf(organizationId, pipeId);
    const secret = this.secrets.open(sealed, place);
    if (this.secrets.isOutdated(sealed)) {
      await this.settlements.reseal(organizationId, pipeId, sealed, this.secrets.seal(secret, place));
    }
    return secret;
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
