import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError } from '../../../src/platform/graphql/user-error.objects.js';
import type { ImportStatus } from './statement-import.js';

const ImportStatusEnum = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<ImportStatus, ImportStatus>;

registerEnumType(ImportStatusEnum, {
  name: 'StatementImportStatus',
  description: 'How far an import of statements is.',
  valuesMap: {
    QUEUED: { description: 'Its job has not begun, or waits for another attempt; then `error` says why.' },
    RUNNING: { description: 'Statements are being stored.' },
    DONE: { description: 'Every line is stored or refused.' },
    FAILED: { description: 'It could not go on; `error` says why. What was stored stays stored.' },
    CANCELLED: { description: 'Somebody stopped it. What was stored stays stored.' },
  },
});

@ObjectType('StatementImportRefusal', { description: 'A line of the file that was not stored.' })
export class StatementImportRefusalObject {
  @Field(() => Float, { description: 'Number of the line, from 1.' })
  line!: number;

  @Field(() => ID, { nullable: true, description: 'Id of the statement, where it could be read.' })
  statementId?: string;

  @Field(() => String, { description: 'What is wrong, for programs.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;

  @Field(() => [String], { description: 'Where it is wrong, from the root of the statement.' })
  path!: string[];
}

export const StatementImportRefusalConnection = connectionOf(StatementImportRefusalObject);

@ObjectType('StatementImport', {
  description:
    'Statements of a file on their way into the learning record store. Post the file (newline-delimited JSON, plain or ' +
    'gzip) to /statement-imports to start one.',
})
export class StatementImportObject {
  @Field(() => ID, { description: 'Id of the import.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the file, where its sender told one.' })
  fileName?: string;

  @Field(() => Float, { description: 'Size of the file as it was sent, in bytes.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of the file as it was sent, in hexadecimal.' })
  sha256!: string;

  @Field(() => ImportStatusEnum, { description: 'How far it is.' })
  status!: ImportStatus;

  @Field(() => Int, { description: 'How much of the file is dealt with, 0 to 100.' })
  progress!: number;

  @Field(() => Float, { description: 'Lines that are dealt with: after a crash it goes on behind them.' })
  lines!: number;

  @Field(() => Float, { description: 'Statements that are stored: now, or before and the same.' })
  stored!: number;

  @Field(() => Float, { description: 'Lines that were refused; `refusals` has the first 1,000.' })
  refused!: number;

  @Field(() => String, { nullable: true, description: 'Why it failed, or why the last attempt did.' })
  error?: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended.' })
  finishedAt?: Date;
}

export const StatementImportConnection = connectionOf(StatementImportObject);

@ObjectType({ description: 'The import that was stopped.' })
export class CancelStatementImportSuccess {
  @Field(() => StatementImportObject, { description: 'The import.' })
  statementImport!: StatementImportObject;
}

export const CancelStatementImportResult = resultUnion('CancelStatementImportResult', [
  CancelStatementImportSuccess,
  NotFoundError,
  ConflictError,
]);
