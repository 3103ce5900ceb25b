import { ArgsType, Field, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DEFAULT_PAGE, MAXIMUM_PAGE } from '../database/keyset.js';
import type { PageRequest } from '../database/keyset.js';
import { NotTogetherWith } from './not-together-with.rule.js';

const MAX_CURSOR_LENGTH = 1_000;

/** The arguments of every connection; extend it to add filters. It is the PageRequest that services take. */
@ArgsType()
export class ConnectionArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: `How many items from the start, 1 to ${MAXIMUM_PAGE}; ${DEFAULT_PAGE} when \`last\` is not given either.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAXIMUM_PAGE)
  @NotTogetherWith('last')
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items after the one with this cursor.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR_LENGTH)
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `How many items from the end, 1 to ${MAXIMUM_PAGE}.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAXIMUM_PAGE)
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before the one with this cursor.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR_LENGTH)
  before?: string | null;
}
