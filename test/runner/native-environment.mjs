import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** Test files have Node's own globals. What Jest and its mocks replace in them for one file is put back after it. */
export default class NativeEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;

  constructor({ projectConfig }) {
    const { console, process } = globalThis;
    const { exit } = process;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.putBack = () => {
      globalThis.console = console;
      process.exit = exit;
    };
  }

  async setup() {}

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    this.fakeTimersModern.dispose();
    this.putBack();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest asks for it; code of tests never runs in a context of its own. */
  getVmContext() {
    return null;
  }
}
