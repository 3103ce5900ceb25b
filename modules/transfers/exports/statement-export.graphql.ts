import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import type { ExportFormatName, ExportStatus } from './statement-export.js';
import { DESCRIPTIONS, ExportFormatEnum, ExportStatusEnum } from './statement-export-words.graphql.js';

@ObjectType('StatementTable', { description: 'What was chosen for the columns of a table.' })
export class StatementTableObject {
  @Field(() => Boolean, { description: DESCRIPTIONS.json })
  json!: boolean;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.language })
  language?: string;

  @Field(() => Boolean, { description: DESCRIPTIONS.guardFormulas })
  guardFormulas!: boolean;
}

@ObjectType('StatementExport', { description: 'Statements on their way into a file, or the file.' })
export class StatementExportObject {
  @Field(() => ID, { description: 'Id of the export.' })
  id!: string;

  @Field(() => ExportFormatEnum, { description: 'What kind of file it is.' })
  format!: ExportFormatName;

  @Field(() => Boolean, { description: DESCRIPTIONS.compressed })
  compressed!: boolean;

  @Field(() => Boolean, { description: DESCRIPTIONS.includeVoided })
  includeVoided!: boolean;

  @Field(() => StatementTableObject, { nullable: true, description: 'Its columns; null for a format without columns.' })
  table?: StatementTableObject;

  @Field(() => String, { nullable: true, description: 'The filter as JSON; null: all statements.' })
  filter?: string;

  @Field(() => ExportStatusEnum, { description: 'How far it is.' })
  status!: ExportStatus;

  @Field(() => Int, { description: 'How much of the list of statements is dealt with, 0 to 100.' })
  progress!: number;

  @Field(() => Float, { description: 'Statements that are in the file so far.' })
  statements!: number;

  @Field(() => Float, { description: 'Size of the file so far, in bytes.' })
  bytes!: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'Statements that were stored before this time are in the file, and no others; voided is what was voided by then. ' +
      'Null until its job has begun.',
  })
  consistentThrough?: Date;

  @Field(() => String, { description: 'Name to save the file by.' })
  fileName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where to download the file without a key, for 15 minutes; each reading gives a new address. With a key, the file is ' +
      'at /statement-exports/<id>. Null when there is none.',
  })
  url?: string;

  @Field(() => String, { nullable: true, description: 'Why it failed, or why the last attempt did.' })
  error?: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended.' })
  finishedAt?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the file is deleted.' })
  expiresAt?: Date;
}

export const StatementExportConnection = connectionOf(StatementExportObject);

@ObjectType({ description: 'The export is on its way.' })
export class ExportStatementsSuccess {
  @Field(() => StatementExportObject, {
    description: 'The export. Follow it by statementExportProgress, or by asking again.',
  })
  statementExport!: StatementExportObject;
}

@ObjectType({ description: 'The file is deleted.' })
export class DeleteStatementExportSuccess {
  @Field(() => StatementExportObject, { description: 'The export that it was the file of.' })
  statementExport!: StatementExportObject;
}

export const ExportStatementsResult = resultUnion('ExportStatementsResult', [
  ExportStatementsSuccess,
  ValidationError,
  ConflictError,
]);

export const DeleteStatementExportResult = resultUnion('DeleteStatementExportResult', [
  DeleteStatementExportSuccess,
  NotFoundError,
]);
