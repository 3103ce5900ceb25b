import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsString, Length } from 'class-validator';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import { CreateApiKeySuccess } from '../keys/api-key.graphql.js';

@ObjectType('Organization', { description: 'A tenant. Nothing of one organization is visible to another.' })
export class OrganizationObject {
  @Field(() => ID, { description: 'Opaque and stable.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was created.' })
  createdAt!: Date;
}

@InputType({ description: 'An organization to create.' })
export class CreateOrganizationInput {
  @Field(() => String, { description: 'What it is called; 1 to 200 characters.' })
  @IsString()
  @Length(1, 200)
  name!: string;
}

@ObjectType({ description: 'The organization that was created, and its first administrator’s key.' })
export class CreateOrganizationSuccess extends CreateApiKeySuccess {
  @Field(() => OrganizationObject, { description: 'The organization.' })
  organization!: OrganizationObject;
}

export const CreateOrganizationResult = resultUnion('CreateOrganizationResult', [
  CreateOrganizationSuccess,
  ValidationError,
]);
