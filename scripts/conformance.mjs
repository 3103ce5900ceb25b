import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

// npm run conformance -- <path to ADL's LRS conformance test suite>: both of its batteries, each against a service with a
// fresh database. What it counts goes to out/conformance.json and docs/conformance.md.
const VERSIONS = ['1.0.3', '2.0.0'];
const PATIENCE_MS = 120_000;
const DOCUMENT = join(root, 'docs/conformance.md');
const COUNTS = /(<!-- counts -->\n)[^]*?(<!-- end of counts -->)/;

const [given] = process.argv.slice(2);
const suite = resolve(given ?? '');
if (given === undefined || !existsSync(join(suite, 'bin/console_runner.js'))) {
  console.error('Usage: npm run conformance -- <path to a copy of adlnet/lrs-conformance-test-suite>');
  process.exit(2);
}
if (!existsSync(join(suite, 'node_modules'))) {
  console.error(`The suite is not installed: run "npm install" in ${suite} first.`);
  process.exit(2);
}
ensureInstalled();
ensureBuilt();

const results = {};
for (const version of VERSIONS) {
  results[version] = await inService(version, (endpoint, key) => runBattery(version, endpoint, key));
  report(version, results[version]);
}
const outcome = { date: new Date().toISOString().slice(0, 10), suite: { commit: commitOf(suite) }, versions: results };
write(outcome);
const failed = VERSIONS.reduce((sum, version) => sum + results[version].total - results[version].passed, 0);
console.log(failed === 0 ? 'All passed.' : `${failed} not passed.`);
process.exit(failed === 0 ? 0 : 1);

/** Starts a service whose database is empty, and stops it when the work is done. */
async function inService(version, work) {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-conformance-'));
  const port = await freePort();
  const key = { id: 'conformance', secret: randomBytes(24).toString('hex') };
  const service = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: folder,
      LECTERN_API_KEY: `${key.id}:${key.secret}`,
      SAMPLE_COURSE: 'false',
      LOG_LEVEL: 'error',
      XAPI_DEFAULT_VERSION: version,
    },
  });
  const stopped = new Promise((done) => service.once('exit', done));
  try {
    await ready(`http://127.0.0.1:${port}/health/ready`, service);
    return await work(`http://127.0.0.1:${port}/xapi`, key);
  } finally {
    service.kill('SIGTERM');
    await stopped;
    rmSync(folder, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function ready(address, service) {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && service.exitCode === null) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await pause(200);
  }
  throw new Error('The service did not start.');
}

/** The suite's exit status is the number of failures modulo 256, so its log is read instead. */
async function runBattery(version, endpoint, { id, secret }) {
  console.log(`\nxAPI ${version} ...`);
  const options = ['-x', version, '-e', endpoint, '-a', '-u', id, '-p', secret];
  const runner = spawn(process.execPath, ['bin/console_runner.js', ...options], { cwd: suite });
  let output = '';
  runner.stdout.on('data', (chunk) => (output += chunk));
  runner.stderr.on('data', (chunk) => (output += chunk));
  await new Promise((done) => runner.once('close', done));
  const [, log] = /Full run log written to (.+)/.exec(output) ?? [];
  if (log === undefined) throw new Error(`The suite wrote no log:\n${output.slice(-2_000)}`);
  const { summary, log: tests } = JSON.parse(readFileSync(log.trim(), 'utf8'));
  return { total: summary.total, passed: summary.passed, failures: failuresIn(tests, []) };
}

function failuresIn({ title, status, error, tests = [] }, path) {
  const place = title === '' ? path : [...path, title];
  if (tests.length === 0) return status === 'failed' ? [{ test: place.join(' > '), error: String(error ?? '') }] : [];
  return tests.flatMap((test) => failuresIn(test, place));
}

function report(version, { total, passed, failures }) {
  console.log(`xAPI ${version}: ${passed} of ${total} passed`);
  for (const { test, error } of failures) console.log(`  - ${test}\n      ${error.split('\n')[0]}`);
}

function commitOf(folder) {
  try {
    return execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}

function write(outcome) {
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out/conformance.json'), `${JSON.stringify(outcome, null, 2)}\n`);
  const rows = VERSIONS.map((version) => {
    const { total, passed } = outcome.versions[version];
    return row([version, total, passed, total - passed]);
  });
  const names = ['Version', 'Tests', 'Passed', 'Failed'];
  const table = [row(names), row(names.map((name) => '-'.repeat(name.length))), ...rows].join('\n');
  const text = `\nRun on ${outcome.date} with the suite at commit \`${outcome.suite.commit}\`:\n\n${table}\n\n`;
  writeFileSync(
    DOCUMENT,
    readFileSync(DOCUMENT, 'utf8').replace(COUNTS, (_, begin, end) => begin + text + end),
  );
}

/** A row of a table, as the formatter of the documents would write it. */
function row(cells) {
  return `| ${cells.map((cell, index) => String(cell).padEnd([7, 5, 6, 6][index])).join(' | ')} |`;
}
