import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { columnsOf } from '../../modules/transfers/exports/formats/columns.js';
import { exportThat, fileOf } from '../support/statement-exports.js';
import { importThat } from '../support/statement-imports.js';
import { minimalStatement, post } from '../support/statements.js';
import { csvObjects } from '../support/tables.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(60_000);

const run = promisify(execFile);

describe('docs/transfers.md', () => {
  let app: TestApp;
  let page: string;
  let folder: string;
  beforeAll(async () => {
    app = await createTestApp();
    folder = await mkdtemp(join(tmpdir(), 'lectern-docs-'));
    page = await readFile('docs/transfers.md', 'utf8');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await app.close();
  });

  const blocks = (kind: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!);
  /** Runs a command of the page as it stands there, but for the address. @returns what it printed */
  async function shell(command: string, env: Record<string, string> = {}): Promise<string> {
    const { stdout } = await run('sh', ['-c', command.replaceAll('http://127.0.0.1:3000', app.url)], {
      cwd: folder,
      env: { PATH: process.env['PATH'], KEY: app.adminKey, ...env },
    });
    return stdout;
  }

  it('shows how to import a file, and how to see how far it is', async () => {
    const [send] = blocks('sh');
    const [query] = blocks('graphql');
    await writeFile(
      join(folder, 'history.ndjson.gz'),
      gzipSync(`${JSON.stringify(minimalStatement())}\nno statement\n`),
    );
    const { id } = JSON.parse(await shell(send!)) as { id: string };
    await importThat(app, id);
    const { data } = await app.graphql(query!, { id });
    expect(data).toMatchObject({
      statementImport: {
        status: 'DONE',
        stored: 1,
        refused: 1,
        refusals: { nodes: [{ line: 2, code: 'MALFORMED_JSON' }] },
      },
    });
  });

  it('shows how to export a table, to follow it, and to download it', async () => {
    const [, start, , read] = blocks('graphql');
    const [, get] = blocks('sh');
    const verb = { id: 'http://adlnet.gov/expapi/verbs/completed', display: { en: 'completed', de: 'schloss ab' } };
    const [id] = await post(app, [minimalStatement({ verb }), minimalStatement()]);
    const { data } = await app.graphql<{ exportStatements: { statementExport: { id: string } } }>(start!);
    const exportId = data.exportStatements.statementExport.id;
    await exportThat(app, exportId);
    const answer = await app.graphql<{ statementExport: { fileName: string; statements: number } }>(read!, {
      id: exportId,
    });
    expect(answer.data.statementExport).toMatchObject({ status: 'DONE', statements: 1, error: null });
    await shell(get!, { ID: exportId });
    expect(await readdir(folder)).toContain(answer.data.statementExport.fileName);
    const file = await readFile(join(folder, answer.data.statementExport.fileName));
    expect(file).toEqual(await fileOf(app, exportId));
    expect(csvObjects(gunzipSync(file).toString('utf8'))).toMatchObject([{ id, 'verb.display': 'schloss ab' }]);
  });

  it('lists every column, in its order, with its type', () => {
    const rows = [...page.matchAll(/^\| `([\w.]+)` \| (text|time|number|boolean) \|/gm)].map(([, name, type]) => [
      name,
      type,
    ]);
    const all = columnsOf({ json: true, compressed: true, includeVoided: true, guardFormulas: true });
    expect(rows).toEqual(all.map(({ name, type }) => [name, type.toLowerCase()]));
  });
});
