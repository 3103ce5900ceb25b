import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Nested } from '../../../src/platform/graphql/input-fields.js';
import { AccountAnswer, AccountFields, AgentAnswer, AgentFields } from '../../lrs/index.js';

@ObjectType('LearnerAccount', { description: 'A learner’s account on a system, such as the LMS.' })
export class LearnerAccountObject extends AccountAnswer {}

@ObjectType('Learner', { description: 'A learner, identified by exactly one of account, mbox, mboxSha1 and openid.' })
export class LearnerObject extends AgentAnswer {
  @Field(() => String, { nullable: true, description: 'What the learner is called.' })
  name?: string;

  @Field(() => LearnerAccountObject, { nullable: true, description: 'Account on a system, such as the LMS.' })
  account?: LearnerAccountObject;
}

@InputType({ description: 'An account on a system, such as the LMS.' })
export class LearnerAccountInput extends AccountFields {}

@InputType({ description: 'A learner, by one of the identifiers.', isOneOf: true })
export class LearnerInput extends AgentFields {
  @Nested(() => LearnerAccountInput, 'Account on a system, such as the LMS.')
  account?: LearnerAccountInput;
}
