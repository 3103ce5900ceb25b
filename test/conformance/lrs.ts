/** The LRS as a client of one version sees it, and how requirements are tried against it. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { XapiVersion } from '../../modules/lrs/xapi/version.js';
import { minimalStatement, xapi } from '../support/statements.js';
import type { Json, XapiAnswer } from '../support/statements.js';
import type { TestApp } from '../support/test-app.js';

export type Query = Readonly<Record<string, string>>;

interface Sent {
  readonly query?: Query | string;
  readonly headers?: Query;
  readonly body?: unknown;
  readonly key?: string | null;
}

export class Lrs {
  constructor(
    readonly app: TestApp,
    readonly version: XapiVersion,
  ) {}

  send(method: string, path: string, { headers = {}, ...rest }: Sent = {}): Promise<XapiAnswer> {
    return xapi(this.app, method, path, {
      ...rest,
      headers: { 'x-experience-api-version': this.version, ...headers },
    });
  }

  /** Stores a statement that must be taken. @returns its id */
  async store(statement: Json): Promise<string> {
    const answer = await this.send('POST', '/statements', { body: statement });
    expect([answer.status, answer.text]).toEqual([200, expect.stringMatching(/^\["/)]);
    return (JSON.parse(answer.text) as string[])[0]!;
  }

  get(query: Query, headers: Query = {}): Promise<XapiAnswer> {
    return this.send('GET', '/statements', { query, headers });
  }

  /** A stored statement as it comes back. */
  async read(id: string, query: Query = {}): Promise<Json> {
    return (await this.get({ statementId: id, ...query })).json;
  }

  /** The ids of the statements that a list has. */
  async idsOf(query: Query): Promise<string[]> {
    const { json } = await this.get(query);
    return (json['statements'] as Json[]).map(({ id }) => id as string);
  }
}

export interface RequirementCase {
  /** The requirements that it shows, separated by blanks. */
  readonly ids: string;
  readonly title: string;
  /** Of this version only. */
  readonly only?: XapiVersion;
  readonly check: (lrs: Lrs) => Promise<void>;
}

/** Statements that must be taken, and such that must be refused by 400 and not stored. */
export function judges(
  ids: string,
  title: string,
  { good = [], bad = [] }: { good?: readonly Json[]; bad?: readonly Json[] },
  only?: XapiVersion,
): RequirementCase {
  return { ids, title, ...(only && { only }), check: (lrs) => judge(lrs, good, bad) };
}

/** Batches, so that hundreds of statements take a few requests; a refusal tells the index of each statement that is bad. */
async function judge(lrs: Lrs, good: readonly Json[], bad: readonly Json[]): Promise<void> {
  if (good.length > 0) {
    const { status, text } = await lrs.send('POST', '/statements', { body: good });
    expect({ status, text }).toEqual({ status: 200, text: expect.stringMatching(/^\["/) });
  }
  if (bad.length === 0) return;
  const id = randomUUID();
  const answer = await lrs.send('POST', '/statements', { body: [...bad, minimalStatement({ id })] });
  const { path, problems = [{ path }] } = answer.json['error'] as Refusal;
  const refused = new Set(problems.map((problem) => Number(problem.path[0])));
  expect({ status: answer.status, taken: bad.filter((_, index) => !refused.has(index)) }).toEqual({
    status: 400,
    taken: [],
  });
  expect([...refused].filter((index) => index >= bad.length)).toEqual([]);
  expect((await lrs.get({ statementId: id })).status).toBe(404);
}

/** A filter finds all of these statements, and none of those. */
export function finds(
  ids: string,
  title: string,
  query: Query,
  { found, others }: { readonly found: readonly Json[]; readonly others: readonly Json[] },
  only?: XapiVersion,
): RequirementCase {
  return {
    ids,
    title,
    ...(only && { only }),
    check: async (lrs) => {
      const registration = randomUUID();
      const within = (one: Json) => ({ ...one, context: { ...(one['context'] as Json), registration } });
      const wanted: string[] = [];
      for (const one of found) wanted.push(await lrs.store(within(one)));
      for (const one of others) await lrs.store(within(one));
      expect((await lrs.idsOf({ registration, ...query })).sort()).toEqual(wanted.sort());
    },
  };
}

interface Refusal {
  readonly path: readonly string[];
  readonly problems?: readonly { readonly path: readonly string[] }[];
}
