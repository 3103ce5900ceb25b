import { totalmem } from 'node:os';

const MEBIBYTE = 1024 * 1024;

/** PostgreSQL recommends a quarter of a machine that is all its own; here the service needs memory, too. */
const SHARE = 1 / 8;
/** PostgreSQL's own choice, which knows nothing of the machine. */
const LEAST_MEBIBYTES = 128;

/**
 * Memory in which the embedded server keeps pages of tables and indexes, as its parameter `shared_buffers` says it. The
 * system gives it as pages come, not at the start.
 *
 * @param available bytes that the process may have
 */
export function sharedBuffers(available = availableMemory()): string {
  return `${Math.max(LEAST_MEBIBYTES, Math.floor((available * SHARE) / MEBIBYTE))}MB`;
}

/** The machine's, or less where a container is confined; one that is not tells 0 or a number beyond all memory. */
function availableMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}
