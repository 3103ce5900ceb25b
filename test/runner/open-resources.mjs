import { setTimeout as pause } from 'node:timers/promises';

/** What closed and idle connections of `fetch` take to leave; what is there after it is a leak. In milliseconds. */
const MOMENT = 6_000;
const STEP = 20;

/** Work in hand of Node itself, the loader of modules above all: it ends without anybody's doing. */
const PASSING = /^(FSReq|GetAddrInfo|RandomBytes|PBKDF2|Zlib|Compression|CloseReq)/;

/** With one file only, or --runInBand, Jest and its timers are in the same process. */
const besideJest = process.send === undefined;

/** How many of each kind keep the process alive: timers, sockets, servers, child processes. */
export function openResources() {
  const counts = new Map();
  for (const kind of process.getActiveResourcesInfo()) {
    if (PASSING.test(kind) || (besideJest && kind === 'Timeout')) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** What there is more than before, as `TCPServerWrap (1)`, after a moment's patience. */
export async function whatStaysOpen(before) {
  for (let waited = 0; ; waited += STEP) {
    const more = [...openResources()]
      .map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)])
      .filter(([, count]) => count > 0);
    if (more.length === 0 || waited >= MOMENT) return more.map(([kind, count]) => `${kind} (${count})`);
    await pause(STEP);
  }
}
