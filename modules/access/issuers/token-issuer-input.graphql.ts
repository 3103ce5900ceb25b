import { Field, ID, InputType, Int } from '@nestjs/graphql';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { SCOPES, type Scope } from '../../../src/platform/access/principal.js';
import { ExpectedRevision, Flag } from '../../../src/platform/graphql/input-fields.js';
import { ScopeEnum } from '../scope.graphql.js';

/** What can be said of an issuer at any time. */
@InputType({ isAbstract: true })
abstract class TokenIssuerSettings {
  @Field(() => String, {
    nullable: true,
    description: 'Where its public keys are (JWKS); null: where `<issuer>/.well-known/openid-configuration` says.',
  })
  @IsOptional()
  @Length(1, 2_000)
  jwksUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'The claim with the scopes; null: `scope`, or `scp`.' })
  @IsOptional()
  @Length(1, 200)
  scopeClaim?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What its names of scopes have before ours, such as `lectern/`; nothing when not given.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^\S*$/)
  scopePrefix?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The claim that names the client; null: `client_id`, `azp`, `appid`, or `sub`.',
  })
  @IsOptional()
  @Length(1, 200)
  clientClaim?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The claim that names the user; null: `sub`. A token without a user is of the client alone.',
  })
  @IsOptional()
  @Length(1, 200)
  userClaim?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its tokens may say who asserts the statements that come with them; not, when not given.',
  })
  @IsOptional()
  @IsBoolean()
  trusted?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that each of its clients may make a minute, 1 to 1,000,000; null: as configured.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  requestsPerMinute?: number | null;

  @Flag('Whether its tokens are accepted; they are, when not given.')
  enabled?: boolean | null;
}

@InputType({ description: 'An issuer to accept tokens of.' })
export class CreateTokenIssuerInput extends TokenIssuerSettings {
  @Field(() => String, { description: 'What it is; 1 to 100 characters.' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @Field(() => String, { description: '`iss` of its tokens, exactly as they have it: an address.' })
  @IsString()
  @Length(1, 2_000)
  issuer!: string;

  @Field(() => String, {
    description: '`aud` of its tokens for this service. The pair of issuer and audience leads to your organization.',
  })
  @IsString()
  @Length(1, 500)
  audience!: string;

  @Field(() => [ScopeEnum], {
    description:
      'The most that its tokens may do; at least one, none twice. A token does what its own scopes say within these. ' +
      'One without any scope may do `statements/write` and `statements/read/mine` (xAPI 1.0.3 Comm 4.2).',
  })
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];
}

@InputType({
  description: 'A change of an issuer. What is not given stays as it is; null takes away what may be null.',
})
export class UpdateTokenIssuerInput extends TokenIssuerSettings {
  @Field(() => ID, { description: 'The issuer’s id.' })
  @IsString()
  id!: string;

  @ExpectedRevision('issuer')
  expectedRevision!: number;

  @Field(() => String, { nullable: true, description: 'What it is; 1 to 100 characters.' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string | null;

  @Field(() => [ScopeEnum], {
    nullable: true,
    description: 'The most that its tokens may do; at least one, none twice.',
  })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes?: Scope[] | null;
}
