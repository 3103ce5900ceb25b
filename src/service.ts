import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { openDatabase } from './platform/database/database.js';
import type { Database } from './platform/database/database.js';
import { ArrivingBodies } from './platform/http/arriving-bodies.js';
import { answerFailure } from './platform/http/failure.js';
import { readJsonBodies } from './platform/http/json-body.js';
import { Metrics } from './platform/http/metrics.js';
import { listeningAddress } from './platform/http/public-address.js';
import { addRequestHooks, requestIdOf } from './platform/http/request-hooks.js';
import type { JsonLogger } from './platform/logging/json-logger.js';
import { StartError } from './platform/start-error.js';

/** Headers of ours that browsers may read across origins. */
const EXPOSED_HEADERS = [
  'ETag',
  'Last-Modified',
  'X-Request-Id',
  'X-Experience-API-Version',
  'X-Experience-API-Consistent-Through',
  'X-Experience-API-Hash',
  'WWW-Authenticate',
  'Retry-After',
  'RateLimit-Policy',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];

/** A running service. */
export interface Service {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  /** Where it listens, `http://host:port`. */
  readonly url: string;
  /** Stops taking requests, finishes those and the jobs in hand, and stops the embedded database. */
  close(): Promise<void>;
}

/**
 * Opens the database and listens.
 *
 * @param onLost is called when the embedded database is gone for good.
 * @throws StartError when something that the operator can mend is in the way.
 */
export async function startService(
  config: Config,
  logger: JsonLogger,
  onLost: (reason: Error) => void,
): Promise<Service> {
  const database = await openDatabase(config, onLost);
  let app: NestFastifyApplication | undefined;
  try {
    app = await createApplication(config, database, logger);
    await listen(app, config);
  } catch (error) {
    await app?.close();
    await database.stop();
    throw error;
  }
  const running = app;
  return {
    app: running,
    database,
    url: listeningAddress(running.getHttpServer()),
    close: async () => {
      await running.close();
      await database.stop();
    },
  };
}

async function createApplication(
  config: Config,
  database: Database,
  logger: JsonLogger,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: config.maxBodyBytes,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: 1_024 },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      answerFailure(error, request, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config, database), adapter, {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.enableCors({
    origin: config.corsOrigins.includes('*') ? '*' : [...config.corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    strictPreflight: false,
    maxAge: 86_400,
  });
  readJsonBodies(app, config.maxBodyBytes);
  app.get(ArrivingBodies).addTo(adapter.getInstance());
  addRequestHooks(adapter.getInstance(), logger.pino, app.get(Metrics));
  return app;
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${port} on ${host} is in use by another program: stop that one, or set PORT to another port.`,
      );
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartError(`HOST is "${host}", which is no address of this machine.`);
    if (code === 'EACCES')
      throw new StartError(`Port ${port} needs rights that this user does not have: set PORT to 1024 or more.`);
    throw error;
  }
}
