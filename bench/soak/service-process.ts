/** A service in a process of its own. It tells its parent its address, and on each message what memory it has. */
import { startBenchService } from '../service.js';
import type { Memory } from './memory.js';

const MEGABYTE = 1024 * 1024;

const bench = await startBenchService({ WORKER_CONCURRENCY: '2' });

process.on('message', (message) => {
  if (message === 'stop') void stop();
  else process.send!(memory(message === 'collected'));
});
process.send!({ url: bench.service.url, path: '/xapi', authorization: bench.authorization });

/** @param collected after a collection of garbage, which needs --expose-gc */
function memory(collected: boolean): Memory {
  if (collected) globalThis.gc!();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / MEGABYTE, heap: (heapUsed + external) / MEGABYTE };
}

async function stop(): Promise<void> {
  await bench.close();
  process.disconnect();
}
