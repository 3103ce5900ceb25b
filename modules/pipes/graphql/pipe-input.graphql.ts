import { Field, GraphQLISODateTime, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { ExpectedRevision, Nested, Time, Uuid } from '../../../src/platform/graphql/input-fields.js';
import { NotTogetherWith } from '../../../src/platform/graphql/not-together-with.rule.js';
import { PipeFilterInput } from './pipe-filter.graphql.js';
import { PipeTargetInput } from './pipe-target.graphql.js';

const DEFAULT_BATCH = 50;
const LARGEST_BATCH = 500;

const PipeStartEnum = { NOW: 'NOW', BEGINNING: 'BEGINNING' } as const;

registerEnumType(PipeStartEnum, {
  name: 'PipeStart',
  description: 'Where a pipe begins.',
  valuesMap: {
    NOW: { description: 'With what is stored from now on.' },
    BEGINNING: { description: 'With the first statement that there is.' },
  },
});

@InputType({ isAbstract: true })
class PipeSettingsInput {
  @Field(() => String, { description: 'What it is for; 1 to 200 characters.' })
  @IsString()
  @Length(1, 200)
  name!: string;

  @Field(() => PipeTargetInput, { description: 'Where it delivers to.' })
  @ValidateNested()
  @Type(() => PipeTargetInput)
  target!: PipeTargetInput;

  @Nested(() => PipeFilterInput, 'Which statements go through it; all when left out.')
  filter?: PipeFilterInput | null;

  @Field(() => Int, {
    defaultValue: DEFAULT_BATCH,
    description: `Most statements of one request, 1 to ${LARGEST_BATCH}.`,
  })
  @IsInt()
  @Min(1)
  @Max(LARGEST_BATCH)
  batchSize!: number;
}

@InputType({ description: 'A pipe to create.' })
export class CreatePipeInput extends PipeSettingsInput {
  @Field(() => PipeStartEnum, { nullable: true, description: 'Where it begins; NOW when nothing is said.' })
  @IsOptional()
  @IsIn(Object.values(PipeStartEnum))
  @NotTogetherWith('startTime')
  start?: keyof typeof PipeStartEnum | null;

  @Time('In the place of `start`: it begins with what was stored then or later.')
  startTime?: Date | null;

  @Field(() => Boolean, { defaultValue: false, description: 'It waits to be resumed.' })
  @IsBoolean()
  paused!: boolean;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'A pipe, as you read it.' })
export class DeletePipeInput {
  @Uuid('Id of the pipe.')
  id!: string;

  @ExpectedRevision('pipe')
  expectedRevision!: number;
}

@InputType({ description: 'A pipe to change. What is given replaces all of its settings; it stays where it stands.' })
export class UpdatePipeInput extends PipeSettingsInput {
  @Uuid('Id of the pipe.')
  id!: string;

  @ExpectedRevision('pipe')
  expectedRevision!: number;
}

@InputType({ description: 'A pipe to set to another time.' })
export class ReplayPipeInput {
  @Uuid('Id of the pipe.')
  id!: string;

  @Field(() => GraphQLISODateTime, { description: 'It goes on with what was stored then or later.' })
  @IsDate()
  since!: Date;
}
