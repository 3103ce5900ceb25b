import {
  ArgsType,
  Field,
  Float,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import type { PackageFormatName } from '../../exporters/index.js';
import { connectionOf } from '../../src/platform/graphql/connection.js';
import { ConnectionArgs } from '../../src/platform/graphql/connection.args.js';
import { IdempotencyKeyField } from '../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  ProblemObject,
  ValidationError,
} from '../../src/platform/graphql/user-error.objects.js';
import { CourseVersionObject } from '../publishing/index.js';
import { IsLanguageTag } from './language-tag.rule.js';
import type { PackageStatus } from './package.js';

const FormatEnum = { SCORM_1_2: 'SCORM_1_2' } as const satisfies Record<PackageFormatName, PackageFormatName>;

registerEnumType(FormatEnum, {
  name: 'PackageFormat',
  description: 'What a package is made for.',
  valuesMap: { SCORM_1_2: { description: 'SCORM 1.2 with one SCO: what every learning management system takes.' } },
});

const StatusEnum = { QUEUED: 'QUEUED', RUNNING: 'RUNNING', DONE: 'DONE', FAILED: 'FAILED' } as const satisfies Record<
  PackageStatus,
  PackageStatus
>;

registerEnumType(StatusEnum, {
  name: 'PackageStatus',
  description: 'How far a package is.',
  valuesMap: {
    QUEUED: { description: 'Its job has not begun, or waits for another attempt; then `error` says why.' },
    RUNNING: { description: 'It is being made.' },
    DONE: { description: 'The zip is there.' },
    FAILED: { description: 'It could not be made; `error` says why.' },
  },
});

const ReportTargetEnum = { LRS: 'LRS' } as const;

registerEnumType(ReportTargetEnum, {
  name: 'PackageReportTarget',
  description: 'Where a package sends xAPI statements, besides telling the learning management system.',
  valuesMap: { LRS: { description: 'The learning record store of this service.' } },
});

const WINDOW =
  'Size that the player asks for where the learning management system opens the package in a window of its own.';
const MASTERY =
  'Whether the manifest carries the pass mark as mastery score, by which the learning management system judges itself. Only for ' +
  'a course that is passed by one assessment.';
const LANGUAGE = 'BCP 47 tag of the language of the player’s own words; the language of the course when left out.';
const HOME_PAGE =
  'Address that stands for the learning management system: it tells learners of two systems apart in statements. The address ' +
  'of this service when left out.';

@InputType({ description: WINDOW })
export class PackageWindowInput {
  @Field(() => Int, { description: 'Width in pixels, 320 to 4000.' })
  @IsInt()
  @Min(320)
  @Max(4_000)
  width!: number;

  @Field(() => Int, { description: 'Height in pixels, 320 to 4000.' })
  @IsInt()
  @Min(320)
  @Max(4_000)
  height!: number;
}

@InputType({ description: 'What can be chosen for a package.' })
export class PackageOptionsInput {
  @Field(() => Boolean, { defaultValue: false, description: MASTERY })
  @IsBoolean()
  masteryScore!: boolean;

  @Field(() => PackageWindowInput, { nullable: true, description: WINDOW })
  @IsOptional()
  @ValidateNested()
  @Type(() => PackageWindowInput)
  window?: PackageWindowInput | null;

  @Field(() => ReportTargetEnum, { nullable: true, description: 'Where statements are sent; nowhere when left out.' })
  @IsOptional()
  @IsIn(Object.keys(ReportTargetEnum))
  reportTo?: 'LRS' | null;

  @Field(() => String, { nullable: true, description: HOME_PAGE })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  learnerHomePage?: string | null;

  @Field(() => String, { nullable: true, description: LANGUAGE })
  @IsOptional()
  @IsLanguageTag()
  language?: string | null;
}

@InputType({ description: 'The package to make.' })
export class ExportPackageInput {
  @Field(() => ID, { description: 'The published version.' })
  @IsUUID()
  versionId!: string;

  @Field(() => FormatEnum, { description: 'What the package is for.' })
  @IsIn(Object.keys(FormatEnum))
  format!: PackageFormatName;

  @Field(() => PackageOptionsInput, { nullable: true, description: 'Choices; what is left out is as described there.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => PackageOptionsInput)
  options?: PackageOptionsInput | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@ObjectType('PackageWindow', { description: WINDOW })
export class PackageWindowObject {
  @Field(() => Int, { description: 'Width in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  height!: number;
}

@ObjectType('PackageOptions', { description: 'What was chosen for a package.' })
export class PackageOptionsObject {
  @Field(() => Boolean, { description: MASTERY })
  masteryScore!: boolean;

  @Field(() => PackageWindowObject, { nullable: true, description: WINDOW })
  window?: PackageWindowObject;

  @Field(() => ReportTargetEnum, { nullable: true, description: 'Where statements are sent; null: nowhere.' })
  reportTo?: 'LRS';

  @Field(() => String, { nullable: true, description: HOME_PAGE })
  learnerHomePage?: string;

  @Field(() => String, { nullable: true, description: LANGUAGE })
  language?: string;
}

@ObjectType({
  description: 'The key by which a package reports: it may add statements about its course, and nothing else.',
})
export class PackageReporting {
  @Field(() => ID, { description: 'Id of the key, also in `apiKeys`.' })
  keyId!: string;

  @Field(() => GraphQLISODateTime, {
    description: 'When it stops working: two years after the last export with these options.',
  })
  expiresAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was revoked; null: it was not.' })
  revokedAt?: Date;
}

@ObjectType('Package', { description: 'A version of a course as a zip for learning management systems.' })
export class PackageObject {
  @Field(() => ID, { description: 'Id of the package.' })
  id!: string;

  @Field(() => CourseVersionObject, { description: 'The version that is in it.' })
  version!: CourseVersionObject;

  @Field(() => FormatEnum, { description: 'What it is for.' })
  format!: PackageFormatName;

  @Field(() => PackageOptionsObject, { description: 'What was chosen for it.' })
  options!: PackageOptionsObject;

  @Field(() => StatusEnum, { description: 'How far it is.' })
  status!: PackageStatus;

  @Field(() => Int, { description: 'How much of it is made, 0 to 100.' })
  progress!: number;

  @Field(() => Float, { nullable: true, description: 'Size of the zip in bytes, once it is there.' })
  bytes?: number;

  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256 of the zip in hexadecimal, once it is there. The same version and options give the same bytes.',
  })
  sha256?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to download the zip without a key, for 15 minutes; each reading gives a new address. With a key, the zip is at ' +
      '/packages/<id>.zip. Null until it is there.',
  })
  url?: string;

  @Field(() => String, { description: 'Name of the zip.' })
  fileName!: string;

  @Field(() => String, { nullable: true, description: 'Why the last attempt to make it failed.' })
  error?: string;

  @Field(() => PackageReporting, {
    nullable: true,
    description: 'The key by which it reports to the LRS; null: it does not.',
  })
  reporting?: PackageReporting;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was done, or had failed.' })
  finishedAt?: Date;
}

export const PackageConnection = connectionOf(PackageObject);

@ArgsType()
export class PackagesArgs extends ConnectionArgs {
  @Field(() => ID, { nullable: true, description: 'Only packages of this version.' })
  @IsOptional()
  @IsUUID()
  versionId?: string | null;
}

@ObjectType({ description: 'The package is there or on its way.' })
export class ExportPackageSuccess {
  @Field(() => PackageObject, { description: 'The package. Follow it by packageProgress, or by asking again.' })
  package!: PackageObject;

  @Field(() => [ProblemObject], { description: 'What is worth knowing before it is uploaded, such as its size.' })
  warnings!: ProblemObject[];
}

@ObjectType({ description: 'The key does not work any more.' })
export class RevokePackageKeySuccess {
  @Field(() => PackageObject, { description: 'The package that carries the key.' })
  package!: PackageObject;
}

export const ExportPackageResult = resultUnion('ExportPackageResult', [
  ExportPackageSuccess,
  NotFoundError,
  ValidationError,
  ConflictError,
]);
export const RevokePackageKeyResult = resultUnion('RevokePackageKeyResult', [
  RevokePackageKeySuccess,
  NotFoundError,
  ConflictError,
]);
