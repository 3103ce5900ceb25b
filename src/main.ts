import 'reflect-metadata';
import { loadConfig } from './config.js';
import { JsonLogger } from './platform/logging/json-logger.js';
import { StartError } from './platform/start-error.js';
import type { Service } from './service.js';
import { welcome } from './welcome.js';

/** Starts the service, tells where it is, and stops it on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = new JsonLogger(config.logLevel);
  // The application takes seconds to load; a wrong setting is told before.
  const { startService } = await import('./service.js');
  const service = await startService(config, logger, (reason) => {
    logger.fatal(reason);
    process.exit(1);
  });
  stopOnSignal(service);
  if (service.database.embedded && config.sampleCourse) {
    const { addSampleCourse } = await import('./sample-course.js');
    await addSampleCourse(service.app);
  }
  process.stdout.write(welcome(config, service));
}

function stopOnSignal(service: Service): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    service.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
}

main().catch(fail);
