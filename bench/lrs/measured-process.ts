/**
 * A service that tells its parent its address, and on each message how large its resident
 * memory has been since the one before, and by how much it has grown.
 */
import { startBenchService } from '../service.js';

const SAMPLE_EVERY_MS = 20;
const MEGABYTE = 1024 * 1024;

const bench = await startBenchService();
let before = process.memoryUsage.rss();
let peak = before;
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_EVERY_MS);

process.on('message', (message) => {
  process.send?.({ grownMegabytes: (peak - before) / MEGABYTE, peakMegabytes: peak / MEGABYTE });
  before = peak = process.memoryUsage.rss();
  if (message === 'stop') void stop();
});
process.send?.({ url: bench.service.url, authorization: bench.authorization });

async function stop(): Promise<void> {
  clearInterval(timer);
  await bench.close();
  process.disconnect();
}
