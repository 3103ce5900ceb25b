import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Nested } from '../../../src/platform/graphql/input-fields.js';
import { AccountAnswer, AccountFields, AgentAnswer, AgentFields } from '../../lrs/index.js';

export const AgentKind = { AGENT: 'AGENT', GROUP: 'GROUP' } as const;

registerEnumType(AgentKind, {
  name: 'AgentKind',
  description: 'Whether an agent is one or several.',
  valuesMap: { AGENT: { description: 'A person or a system.' }, GROUP: { description: 'Several agents.' } },
});

@ObjectType('AgentAccount', { description: 'An account on a system, such as the LMS.' })
export class AgentAccountObject extends AccountAnswer {}

@ObjectType('Agent', {
  description:
    'A person, a system, or a group of them, identified by exactly one of account, mbox, mboxSha1 and openid; a group may have none.',
})
export class AgentObject extends AgentAnswer {
  @Field(() => AgentKind, { description: 'One, or several.' })
  kind!: keyof typeof AgentKind;

  @Field(() => String, { nullable: true, description: 'What they are called.' })
  name?: string | undefined;

  @Field(() => AgentAccountObject, { nullable: true, description: 'Account on a system, such as the LMS.' })
  account?: AgentAccountObject | undefined;

  @Field(() => [AgentObject], { description: 'The members of a group, where the statement tells them.' })
  members!: AgentObject[];
}

@InputType({ description: 'An account on a system, such as the LMS.' })
export class AgentAccountInput extends AccountFields {}

@InputType({ description: 'An agent or a group, by one of the identifiers.', isOneOf: true })
export class AgentInput extends AgentFields {
  @Nested(() => AgentAccountInput, 'Account on a system, such as the LMS.')
  account?: AgentAccountInput;
}
