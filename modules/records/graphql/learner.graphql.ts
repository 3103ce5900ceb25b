import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { AccountFields, AgentFields } from '../../lrs/index.js';

@ObjectType('LearnerAccount', { description: 'A learner’s account on a system, such as the LMS.' })
export class LearnerAccountObject {
  @Field(() => String, { description: 'Address of the system.' })
  homePage!: string;

  @Field(() => String, { description: 'Name or id of the learner there.' })
  name!: string;
}

@ObjectType('Learner', { description: 'A learner, identified by exactly one of account, mbox, mboxSha1 and openid.' })
export class LearnerObject {
  @Field(() => String, { nullable: true, description: 'What the learner is called.' })
  name?: string;

  @Field(() => LearnerAccountObject, { nullable: true, description: 'Account on a system, such as the LMS.' })
  account?: LearnerAccountObject;

  @Field(() => String, { nullable: true, description: 'E-mail address, as `mailto:someone@example.com`.' })
  mbox?: string;

  @Field(() => String, { nullable: true, description: 'SHA-1 of the mbox, in hexadecimal.' })
  mboxSha1?: string;

  @Field(() => String, { nullable: true, description: 'OpenID.' })
  openid?: string;
}

@InputType({ description: 'An account on a system, such as the LMS.' })
export class LearnerAccountInput extends AccountFields {}

@InputType({ description: 'A learner, by one of the identifiers.', isOneOf: true })
export class LearnerInput extends AgentFields {
  @Field(() => LearnerAccountInput, { nullable: true, description: 'Account on a system, such as the LMS.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => LearnerAccountInput)
  account?: LearnerAccountInput;
}
