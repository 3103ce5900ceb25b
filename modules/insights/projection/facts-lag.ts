import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../../../src/platform/http/metrics.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementFeed, StatementHistory, storedAt } from '../../lrs/index.js';
import { FactsStore } from './facts.store.js';

/** Counting what waits stops here. */
const MOST_COUNTED = 1_000_000;

interface Behind {
  /** How long the first statement waits that is not taken into account; 0 when there is none. */
  readonly seconds: number;
  /** How many wait, a million at most. */
  readonly statements: number;
}

export interface Lag extends Behind {
  /** Every statement that was stored before this time is taken into account. */
  readonly consistentThrough: Date;
}

const NONE: Behind = { seconds: 0, statements: 0 };

/** How far facts are behind the statements, told to whoever asks and to Prometheus. */
@Injectable()
export class FactsLag implements OnModuleInit {
  /** Organizations that stored statements through this process and may have some that wait. */
  private readonly watched = new Set<string>();
  private measuring: Promise<Behind> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly history: StatementHistory,
    private readonly facts: FactsStore,
    private readonly feed: StatementFeed,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.feed.onStored((organizationId) => this.watched.add(organizationId));
    const measured = () => this.measured();
    const { registry } = this.metrics;
    new Gauge({
      name: 'lectern_statement_facts_lag_seconds',
      help: 'How long the first statement waits that questions about statements do not take into account yet.',
      registers: [registry],
      async collect() {
        this.set((await measured()).seconds);
      },
    });
    new Gauge({
      name: 'lectern_statement_facts_waiting',
      help: 'How many statements wait to be taken into account by questions about statements.',
      registers: [registry],
      async collect() {
        this.set((await measured()).statements);
      },
    });
  }

  /** How far the facts of an organization are behind; nothing is done about it. */
  of(organizationId: string): Promise<Lag> {
    return this.unitOfWork.read(organizationId, async () => {
      const before = await this.history.completeBefore(organizationId);
      const after = await this.facts.cursor(organizationId);
      const [next] = await this.history.page(organizationId, after, before, 1);
      if (!next) return { consistentThrough: new Date(storedAt(before)), ...NONE };
      const consistentThrough = new Date(storedAt(next.position));
      const statements = await this.history.count(organizationId, after, before, MOST_COUNTED);
      return { consistentThrough, seconds: Math.max(0, Date.now() - consistentThrough.getTime()) / 1_000, statements };
    });
  }

  /** Both gauges are collected at the same time: it is measured once. */
  private measured(): Promise<Behind> {
    this.measuring ??= this.measure().finally(() => (this.measuring = undefined));
    return this.measuring;
  }

  /** The longest wait of any organization, and all statements that wait. */
  private async measure(): Promise<Behind> {
    const watched = [...this.watched];
    this.watched.clear();
    let total = NONE;
    for (const organizationId of watched) {
      const { seconds, statements } = await this.of(organizationId);
      if (statements > 0) this.watched.add(organizationId);
      total = { seconds: Math.max(total.seconds, seconds), statements: total.statements + statements };
    }
    return total;
  }
}
