import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Metrics } from '../../../src/platform/http/metrics.js';

/** How a pipe was found when it was last looked at. */
export interface Measured {
  readonly statements: number;
  /** When the oldest statement that waits was stored, in milliseconds since 1970; undefined when none waits. */
  readonly waitingSince: number | undefined;
  readonly deadLetters: number;
}

/** Another process has taken over what this one has not looked at for so long. */
const STALE_MS = 3 * 60_000;

const labelNames = ['pipe'] as const;

/**
 * What Prometheus is told of pipes, by their ids. A pipe is looked at once a minute at least by one of the processes, which
 * tells of it until another one does.
 */
@Injectable()
export class PipeMetrics {
  readonly delivered = new Counter({
    name: 'lectern_pipe_delivered_total',
    help: 'Statements that the target of a pipe has taken.',
    labelNames,
    registers: [],
  });

  readonly failures = new Counter({
    name: 'lectern_pipe_failures_total',
    help: 'Attempts to deliver that failed as a whole: no answer, or one that is not about the statements.',
    labelNames,
    registers: [],
  });

  private readonly measured = new Map<string, Measured & { readonly at: number }>();

  constructor({ registry }: Metrics) {
    registry.registerMetric(this.delivered);
    registry.registerMetric(this.failures);
    const gauge = (name: string, help: string, valueOf: (measured: Measured) => number) =>
      registry.registerMetric(this.gauge(name, help, valueOf));
    gauge('lectern_pipe_lag_statements', 'Statements that a pipe has not looked at yet, 100000 at most.', (found) => {
      return found.statements;
    });
    gauge('lectern_pipe_lag_seconds', 'Age of the oldest statement that a pipe has not looked at yet.', (found) => {
      return found.waitingSince === undefined ? 0 : Math.max(0, Date.now() - found.waitingSince) / 1_000;
    });
    gauge('lectern_pipe_dead_letters', 'Statements that the target of a pipe does not take.', (found) => {
      return found.deadLetters;
    });
  }

  tell(pipeId: string, measured: Measured): void {
    this.measured.set(pipeId, { ...measured, at: Date.now() });
  }

  forget(pipeId: string): void {
    this.measured.delete(pipeId);
  }

  private gauge(name: string, help: string, valueOf: (measured: Measured) => number): Gauge<'pipe'> {
    const { measured } = this;
    return new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      collect() {
        this.reset();
        for (const [pipe, found] of measured) {
          if (Date.now() - found.at > STALE_MS) measured.delete(pipe);
          else this.set({ pipe }, valueOf(found));
        }
      },
    });
  }
}
