/** Pipes for tests. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { minimalStatement, post } from './statements.js';
import type { Json } from './statements.js';
import { TargetLrs } from './target-lrs.js';
import { createTestApp } from './test-app.js';
import type { ServiceUnderTest, TestApp } from './test-app.js';

/** Settings of a service whose pipes may reach targets of the test. */
export const TO_THIS_MACHINE = { OUTBOUND_HTTP: 'true', OUTBOUND_PRIVATE_ADDRESSES: 'true' };

export interface PipeShown {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly paused: boolean;
  readonly target: Json;
  readonly filter: Json;
  readonly status: {
    readonly state: string;
    readonly position: string;
    readonly lagStatements: number;
    readonly lagSeconds: number;
    readonly delivered: number;
    readonly lastSuccessAt: string | null;
    readonly lastError: string | null;
    readonly consecutiveFailures: number;
    readonly nextAttemptAt: string | null;
    readonly deadLetters: number;
  };
}

const PIPE = `id revision name paused batchSize
  target { __typename ... on XapiTarget { endpoint version keepAuthority auth { kind username } } }
  filter { verbs registrations courseIds since activities { id prefix related } }
  status { state position storedUntil lagStatements lagSeconds delivered lastSuccessAt lastFailureAt lastError
    consecutiveFailures nextAttemptAt deadLetters }`;

/** Pipes of one organization. */
export class Plumber {
  constructor(
    private readonly service: ServiceUnderTest,
    private readonly key = service.adminKey,
  ) {}

  /** The success of a mutation, or `{ code, message, path }`. */
  async mutate(name: string, args: Json, selection: string): Promise<Json> {
    const types: Readonly<Record<string, string>> = { id: 'ID!' };
    const inputType = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
    const type = (argument: string) => types[argument] ?? (/DeadLetters/.test(name) ? 'DeadLettersInput!' : inputType);
    const head = Object.keys(args).map((argument) => `$${argument}: ${type(argument)}`);
    const passed = Object.keys(args).map((argument) => `${argument}: $${argument}`);
    const success = `${name[0]!.toUpperCase()}${name.slice(1)}Success`;
    const query = `mutation (${head.join(', ')}) { ${name}(${passed.join(', ')}) {
      ... on ${success} { ${selection} } ... on UserError { code message path } } }`;
    const { data, errors } = await this.service.graphql<Record<string, Json>>(query, args, this.key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data[name]!;
  }

  /** A pipe that begins with the first statement there is. */
  async lay(input: Json): Promise<PipeShown> {
    const whole = { name: 'To another LRS', start: 'BEGINNING', ...input };
    const { pipe, ...failure } = await this.mutate('createPipe', { input: whole }, `pipe { ${PIPE} }`);
    if (!pipe) throw new Error(JSON.stringify(failure));
    return pipe as PipeShown;
  }

  async look(id: string): Promise<PipeShown> {
    const query = `query ($id: ID!) { pipe(id: $id) { ${PIPE} } }`;
    const { data, errors } = await this.service.graphql<{ pipe: PipeShown }>(query, { id }, this.key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.pipe;
  }

  /** The pipe as soon as it is like that. */
  async until(id: string, condition: (status: PipeShown['status']) => boolean, patience = 30_000): Promise<PipeShown> {
    for (const end = Date.now() + patience; ; await wait(150)) {
      const pipe = await this.look(id);
      if (condition(pipe.status)) return pipe;
      if (Date.now() > end) throw new Error(`The pipe does not get there: ${JSON.stringify(pipe.status)}`);
    }
  }

  async deadLetters(pipeId: string): Promise<Json[]> {
    const query = `query ($pipeId: ID!) { pipeDeadLetters(pipeId: $pipeId, first: 100) {
      nodes { statementId reason status answer attempts retrying } } }`;
    const { data } = await this.service.graphql<{ pipeDeadLetters: { nodes: Json[] } }>(query, { pipeId }, this.key);
    return data.pipeDeadLetters.nodes;
  }
}

/** Waits until it holds. */
export async function until(condition: () => boolean | Promise<boolean>, patience = 30_000): Promise<void> {
  for (const end = Date.now() + patience; !(await condition()); await wait(20)) {
    if (Date.now() > end) throw new Error(`It never holds: ${condition.toString()}`);
  }
}

export const caughtUp = ({ state }: { readonly state: string }): boolean => state === 'CAUGHT_UP';

export const SECRET = 'the-password-of-the-target';
export const AUTH = { basic: { username: 'forwarder', password: SECRET } };
export const AUTHORIZATION = `Basic ${Buffer.from(`forwarder:${SECRET}`).toString('base64')}`;

/** The target of a pipe, in its input. */
export const to = ({ endpoint }: TargetLrs, more: Json = {}): Json => ({
  target: { xapi: { endpoint, auth: AUTH, ...more } },
});

export const statement = (more: Json = {}): Json => minimalStatement({ id: randomUUID(), ...more });

export const statements = (count: number): Json[] => Array.from({ length: count }, () => statement());

export const voidingOf = (id: string): Json =>
  statement({
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'StatementRef', id },
  });

export interface Tenant {
  readonly key: string;
  readonly pipes: Plumber;
  /** Stores statements; their ids. */
  send(...statements: Json[]): Promise<string[]>;
}

/** A service whose pipes may reach targets of the test, and the targets of one test at a time. */
export class PipeWorkshop {
  private readonly targets: TargetLrs[] = [];

  private constructor(readonly app: TestApp) {}

  static async open(settings: Record<string, string> = {}): Promise<PipeWorkshop> {
    return new PipeWorkshop(await createTestApp({ ...TO_THIS_MACHINE, ...settings }));
  }

  async targetLrs(version?: string): Promise<TargetLrs> {
    const target = await TargetLrs.start(AUTHORIZATION, version);
    this.targets.push(target);
    return target;
  }

  /** An organization of its own, so that a test sees its statements and pipes only. */
  async organization(): Promise<Tenant> {
    const made = await new Plumber(this.app).mutate(
      'createOrganization',
      { input: { name: 'Another' } },
      'credentials',
    );
    const key = made['credentials'] as string;
    return { key, pipes: new Plumber(this.app, key), send: (...sent) => post(this.app, sent, key) };
  }

  async tidy(): Promise<void> {
    await Promise.all(this.targets.splice(0).map((target) => target.stop()));
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
