import { Field, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { IsString, Length } from 'class-validator';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  ProblemObject,
  ValidationError,
} from '../../../src/platform/graphql/user-error.objects.js';
import { MAXIMUM_PROFILE_LENGTH } from '../profile/document/read-profile.js';

@ObjectType('StatementTemplate', { description: 'How one kind of statement of a profile looks.' })
export class StatementTemplateObject {
  @Field(() => String, { description: 'IRI of the template.' })
  id!: string;

  @Field(() => String, { description: 'Its name, in English where there is one.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it should not be used any more.' })
  deprecated!: boolean;

  @Field(() => String, { nullable: true, description: 'IRI of the verb of its statements.' })
  verb?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Type of the activity that its statements are about.' })
  objectActivityType?: string | undefined;
}

@ObjectType('XapiProfile', {
  description:
    'A version of an xAPI profile: rules for statements of one field, by the xAPI Profile Specification 1.0.',
})
export class XapiProfileObject {
  @Field(() => String, { description: 'IRI of this version.' })
  version!: string;

  @Field(() => String, { description: 'IRI of the profile over all its versions.' })
  profileId!: string;

  @Field(() => String, { description: 'Its name, in English where there is one.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it comes with the service.' })
  bundled!: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was uploaded; null: it comes with the service.',
  })
  uploadedAt?: Date | undefined;

  @Field(() => String, { description: 'The whole profile as JSON-LD.' })
  document!: string;

  @Field(() => [StatementTemplateObject], { description: 'Its statement templates.' })
  templates!: StatementTemplateObject[];
}

export const XapiProfileConnection = connectionOf(XapiProfileObject, 'XapiProfile');

@InputType({ description: 'A profile to upload.' })
export class UploadProfileInput {
  @Field(() => String, {
    description: 'JSON-LD of the profile; at most 2,000,000 characters. Nothing it names is fetched.',
  })
  @IsString()
  @Length(1, MAXIMUM_PROFILE_LENGTH)
  json!: string;
}

@ObjectType('UploadProfileSuccess', { description: 'The profile is there. The same text again changes nothing.' })
export class UploadProfileSuccess {
  @Field(() => XapiProfileObject, { description: 'The profile.' })
  profile!: XapiProfileObject;

  @Field(() => [ProblemObject], { description: 'What of it is not checked, and what is worth mending.' })
  warnings!: ProblemObject[];
}

@ObjectType('RemoveProfileSuccess', { description: 'The version of the profile is gone.' })
export class RemoveProfileSuccess {
  @Field(() => String, { description: 'IRI of the version.' })
  version!: string;
}

export const UploadProfileResult = resultUnion('UploadProfileResult', [
  UploadProfileSuccess,
  ValidationError,
  ConflictError,
]);
export const RemoveProfileResult = resultUnion('RemoveProfileResult', [
  RemoveProfileSuccess,
  NotFoundError,
  ConflictError,
]);
