import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../access/public.decorator.js';
import { Metrics } from './metrics.js';

/** Measurements in Prometheus' text format. They hold no content and no names of tenants. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Public()
  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
