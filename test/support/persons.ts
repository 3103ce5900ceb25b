/** Persons of one organization, by GraphQL. */
import type { Json } from './statements.js';
import { ADMIN_KEY } from './test-app.js';
import type { ServiceUnderTest } from './test-app.js';

export interface PersonShown {
  readonly id: string;
  readonly identities: readonly Json[];
  readonly names: readonly string[];
  readonly changes: { readonly totalCount: number; readonly nodes: readonly ChangeShown[] };
}

export interface ChangeShown {
  readonly kind: string;
  readonly personId: string;
  readonly identities: readonly Json[];
  readonly otherIds: readonly string[];
  readonly doneBy: { readonly keyId: string };
  readonly reason: string | null;
}

const AGENT = 'account { homePage name } mbox mboxSha1 openid';
const CHANGE = `kind personId identities { ${AGENT} } otherIds doneBy { keyId } reason changedAt`;
const PERSON = `id identities { ${AGENT} } names changes { totalCount nodes { ${CHANGE} } }`;

/** What a mutation answers: its success, or the code, the message and the problems of its failure. */
type Answer = Json & { readonly code?: string; readonly message?: string };

export class Registry {
  constructor(
    private readonly service: ServiceUnderTest,
    private readonly key = ADMIN_KEY,
  ) {}

  async merge(identities: readonly Json[], personIds: readonly string[] = [], reason?: string): Promise<Answer> {
    return this.mutate(
      'mergePersons',
      'MergePersons',
      { identities, personIds, reason },
      `person { ${PERSON} } change { ${CHANGE} }`,
    );
  }

  /** The id of the person that identities are by now. */
  async merged(identities: readonly Json[], personIds: readonly string[] = []): Promise<string> {
    const answer = await this.merge(identities, personIds);
    if (answer.code !== undefined) throw new Error(JSON.stringify(answer));
    return (answer['person'] as PersonShown).id;
  }

  split(personId: string, identities: readonly Json[], reason?: string): Promise<Answer> {
    const selection = `person { ${PERSON} } splitOff { ${PERSON} } change { ${CHANGE} }`;
    return this.mutate('splitPerson', 'SplitPerson', { personId, identities, reason }, selection);
  }

  async find(person: Json): Promise<PersonShown | null> {
    const query = `query ($person: PersonInput!) { person(person: $person) { ${PERSON} } }`;
    return (await this.ask<{ person: PersonShown | null }>(query, { person })).person;
  }

  async ask<Data>(query: string, variables: Json = {}): Promise<Data> {
    const { data, errors } = await this.service.graphql<Data>(query, variables, this.key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  private async mutate(name: string, type: string, input: Json, selection: string): Promise<Answer> {
    const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) {
      ... on ${type}Success { ${selection} } ... on UserError { code message path }
      ... on ValidationError { problems { code path } } } }`;
    return (await this.ask<Record<string, Answer>>(query, { input }))[name]!;
  }
}

/** The identities that are given, without those that an agent does not have. */
export const givenIn = (identities: readonly Json[]): Json[] =>
  identities.map((identity) => Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== null)));
