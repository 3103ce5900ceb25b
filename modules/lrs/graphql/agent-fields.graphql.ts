import { Field, InputType } from '@nestjs/graphql';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

const LONGEST_IDENTIFIER = 2_000;

/** Fields of every input that is an account. */
@InputType({ isAbstract: true })
export abstract class AccountFields {
  @Field(() => String, { description: 'Address of the system, exactly as statements have it.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_IDENTIFIER)
  homePage!: string;

  @Field(() => String, { description: 'Name or id there.' })
  @IsString()
  @MaxLength(LONGEST_IDENTIFIER)
  name!: string;
}

/** Fields of every input that is an agent; each adds its `account`. */
@InputType({ isAbstract: true })
export abstract class AgentFields {
  @Field(() => String, { nullable: true, description: 'E-mail address, as `mailto:someone@example.com`.' })
  @IsOptional()
  @Matches(/^mailto:[^\s@]+@[^\s@]+$/)
  @MaxLength(LONGEST_IDENTIFIER)
  mbox?: string;

  @Field(() => String, { nullable: true, description: 'SHA-1 of the mbox, in hexadecimal.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{40}$/i)
  mboxSha1?: string;

  @Field(() => String, { nullable: true, description: 'OpenID.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_IDENTIFIER)
  openid?: string;
}
