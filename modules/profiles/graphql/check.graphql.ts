import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Severity } from '../../../src/platform/errors.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ProblemSeverity, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import type { Claim, Outcome } from '../profile/validate.js';
import { ClaimEnum, MAXIMUM_PROFILES } from './policy.graphql.js';

const OutcomeEnum = { SUCCESS: 'SUCCESS', INVALID: 'INVALID', UNMATCHED: 'UNMATCHED' } as const satisfies Record<
  Outcome,
  Outcome
>;
registerEnumType(OutcomeEnum, {
  name: 'ProfileOutcome',
  description: 'What a profile says of a statement.',
  valuesMap: {
    SUCCESS: { description: 'It is of one or more templates and keeps all their rules.' },
    INVALID: { description: 'It breaks the profile.' },
    UNMATCHED: { description: 'It is of no template, and the profile has nothing against it.' },
  },
});

@InputType({ description: 'A statement to try.' })
export class CheckStatementInput {
  @Field(() => String, { description: 'JSON of one statement, as it would be sent; at most 1,000,000 characters.' })
  @IsString()
  @MaxLength(1_000_000)
  json!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'IRIs of profiles or of versions, at most 20; by default those that come with the service.',
  })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAXIMUM_PROFILES)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  profiles?: string[] | null;

  @Field(() => ClaimEnum, { defaultValue: 'MATCHING', description: 'Which statements the profiles have to do with.' })
  @IsIn(Object.values(ClaimEnum))
  claim!: Claim;
}

@ObjectType('ProfileProblem', { description: 'What a profile asks for and a statement does not have.' })
export class ProfileProblemObject {
  @Field(() => String, { description: 'Stable and upper case, for programs: `MISSING`.' })
  code!: string;

  @Field(() => String, { description: 'One sentence for people, in English.' })
  message!: string;

  @Field(() => [String], { description: 'The place, from the statement: `["result", "duration"]`.' })
  path!: string[];

  @Field(() => ProblemSeverity, { description: 'ERROR breaks the profile, WARNING its recommendations.' })
  severity!: Severity;

  @Field(() => String, { nullable: true, description: 'IRI of the template that asks for it; null: none does.' })
  template?: string;

  @Field(() => String, { nullable: true, description: 'JSONPath of the rule that asks for it; null: none does.' })
  location?: string;
}

@ObjectType('ProfileVerdict', { description: 'What one profile says of a statement.' })
export class ProfileVerdictObject {
  @Field(() => String, { description: 'IRI of the profile.' })
  profileId!: string;

  @Field(() => String, { description: 'IRI of the version.' })
  version!: string;

  @Field(() => OutcomeEnum, { description: 'The verdict.' })
  outcome!: Outcome;

  @Field(() => Boolean, { description: 'Whether the statement names the profile in category.' })
  declared!: boolean;

  @Field(() => [String], { description: 'IRIs of the templates that it is of.' })
  templates!: string[];

  @Field(() => [ProfileProblemObject], { description: 'Everything that is wrong; at most 50.' })
  problems!: ProfileProblemObject[];
}

@ObjectType('CheckStatementSuccess', { description: 'What each of the profiles says.' })
export class CheckStatementSuccess {
  @Field(() => Boolean, { description: 'Whether none of the profiles is broken.' })
  valid!: boolean;

  @Field(() => [ProfileVerdictObject], { description: 'One a profile, in the order in which they were asked for.' })
  verdicts!: ProfileVerdictObject[];
}

export const CheckStatementResult = resultUnion('CheckStatementResult', [CheckStatementSuccess, ValidationError]);
