/** Statements that collide often: few agents, verbs, activities and registrations, used in every place that xAPI has. */
import { createHash } from 'node:crypto';
import type { Json } from '../support/statements.js';

export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

const AGENTS = 10;
const GROUPS = 4;
const ACTIVITIES = 8;
const VERBS = 5;
const REGISTRATIONS = 5;

/** Chance that does the same in every run. */
export class Chance {
  private round = 0;

  constructor(private readonly seed: string) {}

  /** 0 to 1, without 1. */
  number(): number {
    this.round += 1;
    return createHash('sha256').update(`${this.seed} ${this.round}`).digest().readUInt32BE() / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  sometimes(share: number): boolean {
    return this.number() < share;
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  uuid(): string {
    const bytes = createHash('sha256')
      .update(`${this.seed} ${(this.round += 1)}`)
      .digest('hex');
    return bytes.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
  }
}

export class RandomStatements {
  private readonly registrations: readonly string[];

  constructor(readonly chance: Chance) {
    this.registrations = Array.from({ length: REGISTRATIONS }, () => chance.uuid());
  }

  /**
   * @param id of the statement
   * @param ids of all statements that there will be, and some that there will never be: what references go to
   * @param version `1.0.3` or `2.0.0`, which knows more places for agents
   */
  statement(id: string, ids: readonly string[], version: string): Json {
    const { chance } = this;
    const reference = { objectType: 'StatementRef', id: chance.oneOf(ids) };
    if (chance.sometimes(0.05)) return { id, actor: this.actor(), verb: { id: VOIDED }, object: reference };
    const body = { id, ...this.body(version) };
    if (chance.sometimes(0.2)) return { ...body, object: reference };
    if (chance.sometimes(0.1)) return { ...body, object: { ...this.body(version), objectType: 'SubStatement' } };
    return body;
  }

  /** Parameters with values that some statements match. */
  filters(names: readonly string[]): Record<string, string> {
    const { chance } = this;
    const values: Record<string, () => string> = {
      agent: () => JSON.stringify(chance.sometimes(0.2) ? this.identifiedGroup() : this.agent()),
      verb: () => (chance.sometimes(0.15) ? VOIDED : this.verb()),
      activity: () => this.activity()['id'] as string,
      registration: () => chance.oneOf(this.registrations),
      related_agents: () => 'true',
      related_activities: () => 'true',
    };
    return Object.fromEntries(names.map((name) => [name, values[name]!()]));
  }

  private body(version: string): Json {
    const { chance } = this;
    const object = chance.sometimes(0.2)
      ? chance.sometimes(0.5)
        ? { objectType: 'Agent', ...this.agent() }
        : this.group()
      : this.activity();
    return { actor: this.actor(), verb: { id: this.verb() }, object, context: this.context(version) };
  }

  private context(version: string): Json {
    const { chance } = this;
    const maybe = (share: number, name: string, value: () => unknown): Json =>
      chance.sometimes(share) ? { [name]: value() } : {};
    const kinds = ['parent', 'grouping', 'category', 'other'];
    return {
      ...maybe(0.5, 'registration', () => chance.oneOf(this.registrations)),
      ...maybe(0.1, 'instructor', () => this.actor()),
      ...maybe(0.1, 'team', () => this.group()),
      ...maybe(0.1, 'statement', () => ({ objectType: 'StatementRef', id: chance.uuid() })),
      contextActivities: Object.assign({}, ...kinds.map((kind) => maybe(0.15, kind, () => [this.activity()]))) as Json,
      ...(version.startsWith('2') ? this.contextOfVersion2(maybe) : {}),
    };
  }

  private contextOfVersion2(maybe: (share: number, name: string, value: () => unknown) => Json): Json {
    return {
      ...maybe(0.15, 'contextAgents', () => [{ objectType: 'contextAgent', agent: this.agent() }]),
      ...maybe(0.15, 'contextGroups', () => [{ objectType: 'contextGroup', group: this.group() }]),
    };
  }

  private actor(): Json {
    return this.chance.sometimes(0.2) ? this.group() : this.agent();
  }

  private agent(index = this.chance.below(AGENTS)): Json {
    const mbox = `mailto:agent${index}@example.com`;
    return [
      { mbox },
      { account: { homePage: 'http://example.com', name: `agent ${index}` } },
      { openid: `http://agent${index}.example.com/` },
      { mbox_sha1sum: createHash('sha1').update(mbox).digest('hex') },
    ][index % 4]!;
  }

  /** Half of them have an identifier; members are told or not. */
  private group(): Json {
    const member = [this.agent(), this.agent()];
    if (this.chance.sometimes(0.5)) return { objectType: 'Group', member };
    return this.chance.sometimes(0.5) ? this.identifiedGroup() : { ...this.identifiedGroup(), member };
  }

  private identifiedGroup(): Json {
    return { objectType: 'Group', mbox: `mailto:group${this.chance.below(GROUPS)}@example.com` };
  }

  private activity(): Json {
    const id = `http://example.com/activities/${this.chance.below(ACTIVITIES)}`;
    return this.chance.sometimes(0.5) ? { id } : { id, objectType: 'Activity' };
  }

  private verb(): string {
    return `http://example.com/verbs/${this.chance.below(VERBS)}`;
  }
}
