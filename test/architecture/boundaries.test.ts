import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const root = join(import.meta.dirname, '../..');
const config = join(root, '.dependency-cruiser.cjs');
const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] };

/** For each rule one import that breaks it: the importing file, and what it imports (a file, or a package). */
const BREACHES: Record<string, readonly [from: string, to: string]> = {
  'no-cycles': ['modules/a/back.ts', 'modules/a/there.ts'],
  'platform-knows-no-module': ['src/platform/one.ts', 'modules/a/index.ts'],
  'modules-use-only-platform-and-config': ['modules/a/one.ts', 'src/service.ts'],
  'modules-meet-at-the-index': ['modules/a/two.ts', 'modules/b/inner.ts'],
  'modules-reach-exporters-by-their-faces': ['modules/a/three.ts', 'exporters/zip/zip.ts'],
  'exporters-are-framework-free': ['exporters/zip/one.ts', 'src/platform/errors.ts'],
  'document-is-innermost': ['exporters/document/one.ts', 'exporters/zip/zip.ts'],
  'formats-do-not-know-one-another': ['exporters/scorm12/one.ts', 'exporters/scorm2004/two.ts'],
  'no-validator-in-the-browser': ['exporters/player/one.ts', 'zod'],
  'xapi-is-a-leaf': ['modules/lrs/xapi/one.ts', 'modules/lrs/statement.ts'],
  'typeorm-only-in-stores-and-entities': ['modules/a/course.service.ts', 'typeorm'],
  'entities-stay-in-their-store': ['modules/a/course.ts', 'modules/a/course.entity.ts'],
  'no-development-package-at-run-time': ['modules/a/four.ts', 'yauzl'],
  'stores-and-services-know-no-transport': ['modules/a/version.service.ts', '@nestjs/graphql'],
};

describe('the arrows of docs/architecture.md', () => {
  let project: string;
  let violations: Violation[];
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'lectern-arrows-'));
    await writeProject(project);
    violations = cruise(project);
  });
  afterAll(() => rm(project, { recursive: true }));

  it('each have a breach in this test', () => {
    expect(Object.keys(BREACHES).sort()).toEqual(forbidden.map((rule) => rule.name).sort());
  });

  it.each(Object.entries(BREACHES))('%s refuses %j', (rule, [from]) => {
    expect(violations.filter((violation) => violation.rule.name === rule).map((violation) => violation.from)).toContain(
      from,
    );
  });

  it('hold in this project', () => {
    expect(cruise(root)).toEqual([]);
  }, 120_000);
});

/** A project in which every rule is broken once. */
async function writeProject(project: string): Promise<void> {
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  };
  await write('package.json', '{ "dependencies": {}, "devDependencies": { "yauzl": "1.0.0" } }');
  await write('tsconfig.json', '{ "compilerOptions": { "module": "NodeNext", "moduleResolution": "NodeNext" } }');
  await write('migrations/none.ts', 'export const none = 1;\n');
  for (const [from, to] of Object.values(BREACHES)) {
    if (to.endsWith('.ts')) {
      await write(to, 'export const thing = 1;\n');
      const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
      await write(
        from,
        `import { thing } from '${path.startsWith('.') ? path : `./${path}`}';\nexport const other = thing;\n`,
      );
    } else {
      await write(`node_modules/${to}/package.json`, `{ "name": "${to}", "version": "1.0.0", "main": "index.js" }`);
      await write(`node_modules/${to}/index.js`, 'exports.thing = 1;\n');
      await write(from, `import { thing } from '${to}';\nexport const other = thing;\n`);
    }
  }
  await write('modules/a/there.ts', `import { other } from './back.js';\nexport const thing = () => other;\n`);
}

function cruise(directory: string): Violation[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', config, '--output-type', 'json', 'src', 'modules', 'migrations', 'exporters'];
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}
