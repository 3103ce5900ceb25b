import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { StorageModule } from '../storage/storage.module.js';
import { ArrivingBodies } from './arriving-bodies.js';
import { DownloadLinks } from './downloads/download-links.js';
import { HttpErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { Outbound } from './outbound/outbound.js';
import { PublicAddress } from './public-address.js';

/** Health, measurements, errors, the service's own address, requests to others. */
@Module({
  imports: [StorageModule],
  controllers: [HealthController, MetricsController],
  providers: [
    { provide: ArrivingBodies, useFactory: () => new ArrivingBodies() },
    DownloadLinks,
    Health,
    Metrics,
    Outbound,
    PublicAddress,
    { provide: APP_FILTER, useClass: HttpErrorFilter },
  ],
  exports: [ArrivingBodies, DownloadLinks, Metrics, Outbound, PublicAddress],
})
export class HttpModule {}
