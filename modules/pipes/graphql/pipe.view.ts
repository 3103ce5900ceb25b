/** Pipes as GraphQL shows and takes them. */
import { storedAt } from '../../lrs/index.js';
import { agentOf } from '../../persons/index.js';
import type { Standing } from '../delivery/pipe-gauge.js';
import type { Credential, PipeInput } from '../pipe-input.js';
import type { Pipe, PipeFilter } from '../pipe.js';
import type { PipeFilterInput, PipeFilterObject } from './pipe-filter.graphql.js';
import type { PipeState, PipeStatusObject } from './pipe.graphql.js';
import type { CreatePipeInput, UpdatePipeInput } from './pipe-input.graphql.js';
import type { PipeAuthInput } from './pipe-target.graphql.js';

export function settingsOf({ name, target, filter, batchSize }: CreatePipeInput | UpdatePipeInput): PipeInput {
  // GraphQL has seen to it that there is one.
  const { endpoint, version, keepAuthority, auth } = target.xapi!;
  const settings = { kind: 'XAPI' as const, endpoint, version, keepAuthority };
  return { name, batchSize, filter: filterOf(filter ?? {}), target: { settings, credential: credentialOf(auth) } };
}

function credentialOf(auth: PipeAuthInput | null | undefined): Credential | undefined {
  if (auth?.basic) return { kind: 'BASIC', ...auth.basic };
  return auth?.bearer && { kind: 'BEARER', ...auth.bearer };
}

function filterOf({ agents, courseIds, registrations, since, ...rest }: PipeFilterInput): PipeFilter {
  const filter = {
    ...rest,
    registrations: registrations?.map((id) => id.toLowerCase()),
    courses: courseIds?.map((id) => id.toLowerCase()),
    agents: agents?.map(({ agent, related }) => ({ agent: agentOf(agent), related })),
    since: since?.toISOString(),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null));
}

export function filterView({ courses, agents, since, ...rest }: PipeFilter): PipeFilterObject {
  return {
    ...rest,
    courseIds: courses,
    agents: agents?.map(({ agent: { account, mbox, mbox_sha1sum, openid }, related }) => {
      return { account, mbox, mboxSha1: mbox_sha1sum, openid, related };
    }),
    since: since === undefined ? undefined : new Date(since),
  };
}

export function statusView({ paused }: Pipe, { progress, backlog }: Standing): PipeStatusObject {
  const { failures, deadLetters, position, ...rest } = progress;
  const waitingSince = backlog.first === undefined ? undefined : storedAt(backlog.first);
  return {
    ...rest,
    position,
    state: stateOf(paused, failures, backlog.statements),
    storedUntil: position === '0' ? undefined : new Date(storedAt(position)),
    lagStatements: backlog.statements,
    lagSeconds: waitingSince === undefined ? 0 : Math.max(0, Date.now() - waitingSince) / 1_000,
    consecutiveFailures: failures,
    deadLetters,
  };
}

function stateOf(paused: boolean, failures: number, waiting: number): PipeState {
  if (paused) return 'PAUSED';
  if (failures > 0) return 'FAILING';
  return waiting > 0 ? 'DELIVERING' : 'CAUGHT_UP';
}
