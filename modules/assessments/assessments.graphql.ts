import { Field, Float, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsNumber, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { Grade } from '../../exporters/document/index.js';
import { Flag } from '../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import { NotFoundError, ValidationError } from '../../src/platform/graphql/user-error.objects.js';
import type { GivenResponse } from './response.js';

// Generous bounds of the border; whether the answer fits the question is for the question's rules to say.
const MAX_ITEMS = 100;
const MAX_TEXT = 1_000;

@InputType({ description: 'A source with the target that was chosen for it.' })
export class MatchedPairInput {
  @Field(() => ID, { description: 'Id of the pair that the source is from.' })
  @IsString()
  @MaxLength(MAX_TEXT)
  source!: string;

  @Field(() => ID, {
    description:
      'Id of the first pair with the words of the target, or `x_` and the id of the distractor that they are from.',
  })
  @IsString()
  @MaxLength(MAX_TEXT)
  target!: string;
}

@InputType({ description: 'An answer to a question of any kind. Give exactly one field.', isOneOf: true })
export class QuestionResponseInput implements GivenResponse {
  @Field(() => ID, { nullable: true, description: 'Id of the chosen option.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  singleChoice?: string;

  @Field(() => [ID], { nullable: true, description: 'Ids of the chosen options.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @IsString({ each: true })
  multipleChoice?: string[];

  @Flag('Whether the statement is held to be true.')
  trueFalse?: boolean;

  @Field(() => [MatchedPairInput], { nullable: true, description: 'A target for each source.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => MatchedPairInput)
  matching?: MatchedPairInput[];

  @Field(() => [ID], { nullable: true, description: 'Ids of all items in the chosen order.' })
  @IsOptional()
  @ArrayMaxSize(MAX_ITEMS)
  @IsString({ each: true })
  ordering?: string[];

  @Field(() => String, { nullable: true, description: 'The text as typed.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  fillIn?: string;

  @Field(() => Float, { nullable: true, description: 'The number.' })
  @IsOptional()
  @IsNumber()
  numeric?: number;

  @Field(() => ID, { nullable: true, description: 'Id of the chosen place on the scale.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  likert?: string;
}

export const AnswerResult = {
  CORRECT: 'correct',
  PARTIAL: 'partial',
  INCORRECT: 'incorrect',
  NEUTRAL: 'neutral',
} as const satisfies Record<string, Grade['result']>;

registerEnumType(AnswerResult, {
  name: 'AnswerResult',
  description: 'How right an answer is.',
  valuesMap: {
    CORRECT: { description: 'It earns the full score.' },
    PARTIAL: { description: 'It earns a part of the score.' },
    INCORRECT: { description: 'It earns nothing.' },
    NEUTRAL: { description: 'No answer to the question is right or wrong.' },
  },
});

@ObjectType('GradedAnswer', { description: 'What an answer brings.' })
export class GradedAnswerObject {
  @Field(() => AnswerResult, { description: 'How right it is.' })
  result!: Grade['result'];

  @Field(() => Float, { description: 'Share of the full score, 0 to 1.' })
  score!: number;

  @Field(() => Boolean, { description: 'Whether the question counts towards the score of an assessment.' })
  scored!: boolean;

  @Field(() => [String], {
    description: 'What the learner reads, in Markdown: on the chosen options first, then on the answer as a whole.',
  })
  feedback!: string[];
}

export const GradeAnswerResult = resultUnion('GradeAnswerResult', [GradedAnswerObject, NotFoundError, ValidationError]);
