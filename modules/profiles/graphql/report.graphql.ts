import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { Nested, OptionalUuid } from '../../../src/platform/graphql/input-fields.js';
import { ProblemSeverity } from '../../../src/platform/graphql/user-error.objects.js';
import type { Severity } from '../../../src/platform/errors.js';
import type { ReportFilter } from '../reports/profile-report.js';

/** What a problem is, whichever statement has it. */
@ObjectType({ isAbstract: true })
abstract class ReportedProblem {
  @Field(() => ID, { description: 'Id of the key that sent the statement.' })
  keyId!: string;

  @Field(() => String, { description: 'IRI of the profile.' })
  profileId!: string;

  @Field(() => String, { nullable: true, description: 'IRI of the template that asks for it; null: none does.' })
  template?: string;

  @Field(() => String, { nullable: true, description: 'JSONPath of the rule that asks for it; null: none does.' })
  location?: string;

  @Field(() => String, { description: 'Stable and upper case, for programs: `MISSING`.' })
  code!: string;

  @Field(() => ProblemSeverity, { description: 'ERROR breaks the profile, WARNING its recommendations.' })
  severity!: Severity;
}

@ObjectType('ProfileReport', { description: 'A problem of a statement that was stored nevertheless.' })
export class ProfileReportObject extends ReportedProblem {
  @Field(() => ID, { description: 'Opaque and stable.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the statement.' })
  statementId!: string;

  @Field(() => String, { description: 'IRI of the version of the profile.' })
  version!: string;

  @Field(() => String, { description: 'One sentence for people, in English.' })
  message!: string;

  @Field(() => [String], { description: 'The place, from the statement: `["result", "duration"]`.' })
  path!: string[];

  @Field(() => GraphQLISODateTime, { description: 'When the statement came.' })
  reportedAt!: Date;
}

export const ProfileReportConnection = connectionOf(ProfileReportObject, 'ProfileReport');

@ObjectType('ProfileReportCount', { description: 'How often a problem was reported, of the reports that are kept.' })
export class ProfileReportCountObject extends ReportedProblem {
  @Field(() => Int, { description: 'How often.' })
  count!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was reported last.' })
  lastReportedAt!: Date;

  @Field(() => ID, { description: 'Id of the last statement that had it.' })
  statementId!: string;
}

@InputType({ description: 'Which reports. Everything that is given must hold.' })
export class ProfileReportFilterInput implements ReportFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the key that sent the statement.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  keyId?: string;

  @Field(() => String, { nullable: true, description: 'IRI of the profile.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  profileId?: string;

  @Field(() => String, { nullable: true, description: 'Code of the problem.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  code?: string;

  @OptionalUuid('Id of the statement.')
  statementId?: string;
}

@ArgsType()
export class ProfileReportsArgs extends ConnectionArgs {
  @Nested(() => ProfileReportFilterInput, 'Which; by default all.')
  filter?: ProfileReportFilterInput | null;
}
