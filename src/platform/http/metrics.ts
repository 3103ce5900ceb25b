import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DatabaseProbe } from '../database/database-probe.js';

/** What Prometheus reads from /metrics. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  /** Seconds from a request's arrival to the end of its answer. */
  readonly requests = new Histogram({
    name: 'lectern_http_request_duration_seconds',
    help: 'Duration of HTTP requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  readonly jobs = new Counter({
    name: 'lectern_jobs_total',
    help: 'Finished background jobs by task and outcome (success or error).',
    labelNames: ['task', 'outcome'],
    registers: [this.registry],
  });

  constructor(database: DatabaseProbe) {
    collectDefaultMetrics({ register: this.registry });
    this.registry.registerMetric(connectionsGauge(database));
  }
}

function connectionsGauge(database: DatabaseProbe): Gauge<'state'> {
  return new Gauge({
    name: 'lectern_database_connections',
    help: 'Connections of the pool by state (idle, busy) and requests that wait for one (waiting).',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { idle, busy, waiting } = database.pool();
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'busy' }, busy);
      this.set({ state: 'waiting' }, waiting);
    },
  });
}
