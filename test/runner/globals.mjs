/** What test files import of '@jest/globals'. Bindings that live: jest-circus makes functions of their own for each file. */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** To be called before a file is loaded. */
export function setGlobals(globals, jestObject) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = globals);
  jest = jestObject;
}
