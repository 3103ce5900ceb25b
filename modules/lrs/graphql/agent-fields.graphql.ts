import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsString, Length, Matches, MaxLength, MinLength } from 'class-validator';

const LONGEST_IDENTIFIER = 2_000;

const DESCRIPTIONS = {
  accountName: 'Name or id there.',
  mbox: 'E-mail address, as `mailto:someone@example.com`.',
  mboxSha1: 'SHA-1 of the mbox, in hexadecimal.',
  openid: 'OpenID.',
} as const;

/** Fields of every input that is an account. */
@InputType({ isAbstract: true })
export abstract class AccountFields {
  @Field(() => String, { description: 'Address of the system, exactly as statements have it.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_IDENTIFIER)
  homePage!: string;

  @Field(() => String, { description: DESCRIPTIONS.accountName })
  @IsString()
  @MaxLength(LONGEST_IDENTIFIER)
  name!: string;
}

/** Fields of every input that is an agent; each adds its `account`. */
@InputType({ isAbstract: true })
export abstract class AgentFields {
  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mbox })
  @IsOptional()
  @Matches(/^mailto:[^\s@]+@[^\s@]+$/)
  @MaxLength(LONGEST_IDENTIFIER)
  mbox?: string;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mboxSha1 })
  @IsOptional()
  @Matches(/^[0-9a-f]{40}$/i)
  mboxSha1?: string;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.openid })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_IDENTIFIER)
  openid?: string;
}

/** Fields of every account in an answer. */
@ObjectType({ isAbstract: true })
export abstract class AccountAnswer {
  @Field(() => String, { description: 'Address of the system.' })
  homePage!: string;

  @Field(() => String, { description: DESCRIPTIONS.accountName })
  name!: string;
}

/** Fields of every agent in an answer; each adds its `account`. */
@ObjectType({ isAbstract: true })
export abstract class AgentAnswer {
  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mbox })
  mbox?: string | undefined;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mboxSha1 })
  mboxSha1?: string | undefined;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.openid })
  openid?: string | undefined;
}
