import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

// npm test: everything, and one closing line. With arguments (npm test -- test/unit) only those test files.
const CHECKS = ['lint', 'format:check', 'typecheck'];

ensureInstalled();
ensureBuilt();
const filter = process.argv.slice(2);
const [tests, checks] = await Promise.all([runJest(filter), inPairs(filter.length > 0 ? [] : CHECKS)]);
for (const { name, code, output } of checks) console.log(code === 0 ? `PASS ${name}` : `FAIL ${name}\n${output}`);
const passed = checks.filter(({ code }) => code === 0).length + tests.passed;
const failed = checks.filter(({ code }) => code !== 0).length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** Runs the checks two at a time, while tests wait for something; each counts as one test. */
async function inPairs(names) {
  const results = [];
  const waiting = names.values();
  await Promise.all(
    [1, 2].map(async () => {
      for (const name of waiting) results.push({ name, ...(await run('npm', ['run', '--silent', name], 'pipe')) });
    }),
  );
  return results;
}

/** A test file that cannot even be loaded counts as one failure. */
async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-jest-'));
  const report = join(folder, 'report.json');
  try {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const { code } = await run(process.execPath, [jest, '--json', `--outputFile=${report}`, ...args], 'inherit');
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } catch (error) {
    console.error(`The tests did not finish: ${error.message}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command, args, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', output === 'pipe' ? 'pipe' : 'ignore', output === 'pipe' ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
    });
    // What is read at the end takes only the time that the tests leave, so that it does not delay what they measure.
    if (output === 'pipe' && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let text = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    if (output === 'pipe') child.stderr.on('data', (chunk) => (text += chunk));
    child.on('error', reject).on('close', (code) => resolve({ code, output: text }));
  });
}
