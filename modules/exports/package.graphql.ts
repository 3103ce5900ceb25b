import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { PackageFormatName } from '../../exporters/index.js';
import { connectionOf } from '../../src/platform/graphql/connection.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  ProblemObject,
  ValidationError,
} from '../../src/platform/graphql/user-error.objects.js';
import { CourseVersionObject } from '../publishing/index.js';
import {
  FormatEnum,
  HOME_PAGE,
  LANGUAGE,
  MASTERY,
  ReportTargetEnum,
  StatusEnum,
  WINDOW,
} from './package-words.graphql.js';
import type { PackageStatus } from './package.js';

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
