import { Field, InputType, Int } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { Nested } from '../../../src/platform/graphql/input-fields.js';
import { StatementFilter } from '../../insights/index.js';
import type { ExportFormatName } from './statement-export.js';
import { DESCRIPTIONS, ExportFormatEnum } from './statement-export-words.graphql.js';

@InputType({ description: 'What can be chosen for the columns of a table.' })
export class StatementTableInput {
  @Field(() => Boolean, { defaultValue: false, description: DESCRIPTIONS.json })
  @IsBoolean()
  json!: boolean;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.language })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  language?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: DESCRIPTIONS.guardFormulas })
  @IsBoolean()
  guardFormulas!: boolean;
}

@InputType({ description: 'The file to write.' })
export class ExportStatementsInput {
  @Field(() => ExportFormatEnum, { description: 'What kind of file.' })
  @IsIn(Object.keys(ExportFormatEnum))
  format!: ExportFormatName;

  @Nested(() => StatementFilter, 'Which statements, as in `statements`; all when it is left out.')
  filter?: StatementFilter | null;

  @Field(() => Boolean, { defaultValue: false, description: DESCRIPTIONS.includeVoided })
  @IsBoolean()
  includeVoided!: boolean;

  @Field(() => Boolean, { defaultValue: true, description: DESCRIPTIONS.compressed })
  @IsBoolean()
  compressed!: boolean;

  @Nested(() => StatementTableInput, 'Choices for CSV and PARQUET; what is left out is as described there.')
  table?: StatementTableInput | null;

  @Field(() => Int, { defaultValue: 7, description: 'How many days the file is kept once it is there, 1 to 30.' })
  @IsInt()
  @Min(1)
  @Max(30)
  keepDays!: number;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
