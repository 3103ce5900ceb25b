import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setGlobals } from './globals.mjs';
import { openResources, whatStaysOpen } from './open-resources.mjs';

/**
 * Runs a test file with jest-circus, as Jest does, but imports it and all that it tests with Node's own loader. Jest's
 * loader makes every module anew for every file: to load the service took longer than most files took to test it. Here a
 * worker loads it once, as `npm start` does. jest-light-runner does the same, but knows neither timeouts nor `each`-hooks
 * that fail.
 */
const require = createRequire(import.meta.url);
const { default: runFile } = require('jest-circus/runner');

register('./typescript-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
// With nothing left to do a worker ends at once: Node takes longer to take a large heap apart than the half second after
// which Jest speaks of a leak. What keeps the process alive keeps it from getting here.
if (process.send !== undefined) process.once('beforeExit', () => process.exit());

/** A `testRunner` of Jest. @throws Error when the file leaves something open. */
export default async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // The source maps of Jest know only what Jest has transformed: Node's own are right.
  Error.prepareStackTrace = undefined;
  const before = openResources();
  const native = nativeLoader(runtime, testPath);
  const result = await runFile(globalConfig, config, environment, native, testPath, sendMessageToJest);
  const open = await whatStaysOpen(before);
  if (open.length > 0) throw new Error(`What the tests opened is open after them: ${open.join(', ')}.`);
  return result;
}

/** The part of jest-runtime that jest-circus uses. */
function nativeLoader(runtime, testPath) {
  return {
    requireInternalModule: requireAnew,
    requireModule: require,
    setGlobalsForRuntime: (globals) => setGlobals(globals, runtime.jestGlobals.jestObjectFor(testPath)),
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(pathToFileURL(path).href),
    enterTestCode: () => runtime.enterTestCode(),
    leaveTestCode: () => runtime.leaveTestCode(),
  };
}

/** jest-circus keeps its state in the module and in these globals; each file begins with none. */
function requireAnew(path) {
  for (const name of ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL']) delete globalThis[Symbol.for(name)];
  delete require.cache[path];
  return require(path);
}
