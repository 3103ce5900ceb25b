import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import type { PolicyMode } from '../policies/key-policy.js';
import type { Claim } from '../profile/validate.js';

const ModeEnum = { OFF: 'OFF', REPORT: 'REPORT', REFUSE: 'REFUSE' } as const satisfies Record<
  string,
  PolicyMode | 'OFF'
>;
registerEnumType(ModeEnum, {
  name: 'ProfilePolicyMode',
  description: 'What happens to statements that break a profile.',
  valuesMap: {
    OFF: { description: 'Nothing is checked.' },
    REPORT: { description: 'They are stored, and their problems are kept.' },
    REFUSE: { description: 'They are refused with 400 and all their problems.' },
  },
});

export const ClaimEnum = { MATCHING: 'MATCHING', DECLARED: 'DECLARED' } as const satisfies Record<Claim, Claim>;
registerEnumType(ClaimEnum, {
  name: 'ProfileClaim',
  description: 'Which statements a profile has to do with.',
  valuesMap: {
    MATCHING: { description: 'Those that have what determines a template, or use a concept of the profile.' },
    DECLARED: { description: 'Only those that name the profile, or a version of it, as an activity in category.' },
  },
});

const MAXIMUM_IRI = 500;
export const MAXIMUM_PROFILES = 20;

@ObjectType('ProfilePolicy', { description: 'What is asked of the statements that a key sends.' })
export class ProfilePolicyObject {
  @Field(() => ID, { description: 'Id of the key, or of the issuer of tokens.' })
  keyId!: string;

  @Field(() => [String], {
    description: 'IRIs of versions, or of profiles, which stand for the version uploaded last.',
  })
  profiles!: string[];

  @Field(() => ModeEnum, { description: 'What happens to statements that break a profile.' })
  mode!: PolicyMode;

  @Field(() => ClaimEnum, { description: 'Which statements the profiles have to do with.' })
  claim!: Claim;

  @Field(() => GraphQLISODateTime, { description: 'When it was set.' })
  updatedAt!: Date;
}

export const ProfilePolicyConnection = connectionOf(ProfilePolicyObject, 'ProfilePolicy');

@InputType({ description: 'The policy of a key. The mode OFF removes it.' })
export class SetProfilePolicyInput {
  @Field(() => ID, { description: 'Id of the key, or of the issuer of tokens.' })
  @IsString()
  @Matches(/^[A-Za-z0-9._-]{1,64}$/)
  keyId!: string;

  @Field(() => [String], { defaultValue: [], description: 'IRIs of profiles or of versions; at most 20, none twice.' })
  @ArrayMaxSize(MAXIMUM_PROFILES)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(MAXIMUM_IRI, { each: true })
  profiles!: string[];

  @Field(() => ModeEnum, { description: 'What happens to statements that break a profile.' })
  @IsIn(Object.values(ModeEnum))
  mode!: PolicyMode | 'OFF';

  @Field(() => ClaimEnum, { defaultValue: 'MATCHING', description: 'Which statements the profiles have to do with.' })
  @IsIn(Object.values(ClaimEnum))
  claim!: Claim;
}

@ObjectType('SetProfilePolicySuccess', { description: 'The policy holds, in every process of the service.' })
export class SetProfilePolicySuccess {
  @Field(() => ProfilePolicyObject, { nullable: true, description: 'The policy; null: the key is not checked.' })
  policy!: ProfilePolicyObject | null;
}

export const SetProfilePolicyResult = resultUnion('SetProfilePolicyResult', [
  SetProfilePolicySuccess,
  NotFoundError,
  ValidationError,
]);
