import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Eraser, everyRow } from '../support/erasures.js';
import { minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const JO = 'mailto:jo@example.com';

describe('docs/privacy.md', () => {
  let app: TestApp;
  let page: string;
  let examples: string[];

  beforeAll(async () => {
    app = await createTestApp();
    page = await readFile('docs/privacy.md', 'utf8');
    examples = [...page.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, example]) => example!);
    await post(app, [
      minimalStatement({ actor: { mbox: JO, name: 'Jo' } }),
      minimalStatement({ actor: { account: { homePage: 'https://lms.example.com', name: 'jo-7' } } }),
    ]);
  });
  afterAll(() => app.close());

  async function answerOf(example: number, variables: Json = {}): Promise<Json> {
    const { data, errors } = await app.graphql(examples[example]!, variables);
    expect(errors).toBeUndefined();
    return data;
  }

  it('shows how identities become one person, who is erased, with a certificate that can be checked', async () => {
    expect(examples).toHaveLength(6);
    expect(await answerOf(0)).toMatchObject({ mergePersons: { person: { names: ['Jo'] } } });
    expect(await answerOf(1)).toMatchObject({
      statementAggregate: { total: { count: 2, distinctActors: 2, distinctPersons: 1 }, groups: [{ count: 2 }] },
    });
    expect(await answerOf(2)).toMatchObject({
      erasurePreview: { counts: expect.arrayContaining([{ kind: 'statements', count: 2 }]) },
    });
    const { erasePerson } = await answerOf(3);
    await new Eraser(app).done((erasePerson as { erasure: { id: string } }).erasure.id);
    const { erasuresOf } = await answerOf(4);
    const [erasure] = erasuresOf as { certificate: Json }[];
    expect(await answerOf(5, erasure!.certificate)).toEqual({ verifyErasureCertificate: { check: 'VALID' } });
  });

  it('says of every table what happens with it', async () => {
    const tables = [...(await everyRow(app.database.ownerUrl)).keys()]
      .flatMap((name) => (name.startsWith('public.') ? name.slice('public.'.length) : []))
      .map((name) => name.replace(/_\d{4}$/, ''));
    const parts = ['record_answers', 'record_decisions', 'record_scenario_runs', 'migrations'];
    const missing = new Set(tables.filter((name) => !parts.includes(name) && !page.includes(`\`${name}\``)));
    expect([...missing]).toEqual([]);
  });
});
