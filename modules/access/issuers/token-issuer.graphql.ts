import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Scope } from '../../../src/platform/access/principal.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  RevisionConflictError,
  ValidationError,
} from '../../../src/platform/graphql/user-error.objects.js';
import { ScopeEnum } from '../scope.graphql.js';

@ObjectType('TokenIssuer', { description: 'An issuer of OAuth 2 tokens that your organization accepts.' })
export class TokenIssuerObject {
  @Field(() => ID, { description: 'Opaque and stable.' })
  id!: string;

  @Field(() => String, { description: 'What it is, in your words.' })
  name!: string;

  @Field(() => String, { description: '`iss` of its tokens.' })
  issuer!: string;

  @Field(() => String, { description: '`aud` of its tokens for this service.' })
  audience!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where its public keys are (JWKS); null: where its discovery document says.',
  })
  jwksUrl?: string;

  @Field(() => [ScopeEnum], { description: 'The most that its tokens may do.' })
  scopes!: Scope[];

  @Field(() => String, { nullable: true, description: 'The claim with the scopes; null: `scope`, or `scp`.' })
  scopeClaim?: string;

  @Field(() => String, { description: 'What its names of scopes have before ours, such as `lectern/`.' })
  scopePrefix!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The claim that names the client; null: `client_id`, `azp`, `appid`, or `sub`.',
  })
  clientClaim?: string;

  @Field(() => String, { nullable: true, description: 'The claim that names the user; null: `sub`.' })
  userClaim?: string;

  @Field(() => Boolean, { description: 'Whether its tokens may say who asserts the statements that come with them.' })
  trusted!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that each of its clients may make a minute; null: as many as the configuration says.',
  })
  requestsPerMinute?: number;

  @Field(() => Boolean, { description: 'Whether its tokens are accepted.' })
  enabled!: boolean;

  @Field(() => Int, { description: 'Counts the changes; to be sent as `expectedRevision`.' })
  revision!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was added.' })
  createdAt!: Date;
}

export const TokenIssuerConnection = connectionOf(TokenIssuerObject);

@ObjectType({ description: 'The issuer that was added.' })
export class CreateTokenIssuerSuccess {
  @Field(() => TokenIssuerObject, { description: 'The issuer.' })
  tokenIssuer!: TokenIssuerObject;
}

@ObjectType({ description: 'The issuer that was changed.' })
export class UpdateTokenIssuerSuccess {
  @Field(() => TokenIssuerObject, { description: 'The issuer, as it is now.' })
  tokenIssuer!: TokenIssuerObject;
}

@ObjectType({ description: 'The issuer that was removed.' })
export class DeleteTokenIssuerSuccess {
  @Field(() => ID, { description: 'Its id.' })
  deletedId!: string;
}

export const CreateTokenIssuerResult = resultUnion('CreateTokenIssuerResult', [
  CreateTokenIssuerSuccess,
  ConflictError,
  ValidationError,
]);
export const UpdateTokenIssuerResult = resultUnion('UpdateTokenIssuerResult', [
  UpdateTokenIssuerSuccess,
  NotFoundError,
  RevisionConflictError,
  ValidationError,
]);
export const DeleteTokenIssuerResult = resultUnion('DeleteTokenIssuerResult', [
  DeleteTokenIssuerSuccess,
  NotFoundError,
  RevisionConflictError,
]);
