import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayNotEmpty, ArrayUnique, IsDate, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { SCOPES, type Scope } from '../../src/platform/access/principal.js';
import { connectionOf } from '../../src/platform/graphql/connection.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError, ValidationError } from '../../src/platform/graphql/user-error.objects.js';
import type { KeyOrigin } from './api-key.js';

const ScopeEnum = {
  AUTHOR: 'author',
  PUBLISH: 'publish',
  RECORDS_READ: 'records:read',
  ADMIN: 'admin',
  STATEMENTS_WRITE: 'statements/write',
  STATEMENTS_READ: 'statements/read',
  STATEMENTS_READ_MINE: 'statements/read/mine',
  STATE: 'state',
  DEFINE: 'define',
  PROFILE: 'profile',
  ALL_READ: 'all/read',
  ALL: 'all',
} as const satisfies Record<string, Scope>;

registerEnumType(ScopeEnum, {
  name: 'Scope',
  description: 'What a key may do. From STATEMENTS_WRITE to ALL they are the scopes of xAPI, and are about /xapi only.',
  valuesMap: {
    AUTHOR: { description: 'Read and change drafts: courses, scenarios, assessments, assets.' },
    PUBLISH: { description: 'Publish versions and export packages.' },
    RECORDS_READ: { description: 'Read learner records and statements by GraphQL.' },
    ADMIN: { description: 'Everything, also keys, issuers and organizations.' },
    STATEMENTS_WRITE: { description: '`statements/write`: add statements.' },
    STATEMENTS_READ: { description: '`statements/read`: read all statements, activities and agents.' },
    STATEMENTS_READ_MINE: {
      description: '`statements/read/mine`: read the statements whose authority is that of the key.',
    },
    STATE: { description: '`state`: read and write State documents.' },
    DEFINE: { description: '`define`: the statements it sends change the definitions of activities.' },
    PROFILE: { description: '`profile`: read and write Activity Profiles and Agent Profiles.' },
    ALL_READ: { description: '`all/read`: read everything at /xapi.' },
    ALL: { description: '`all`: everything at /xapi.' },
  },
});

const KeyOriginEnum = { CONFIGURATION: 'CONFIGURATION', API: 'API', PACKAGE: 'PACKAGE' } as const satisfies Record<
  KeyOrigin,
  KeyOrigin
>;

registerEnumType(KeyOriginEnum, {
  name: 'ApiKeyOrigin',
  description: 'Where a key comes from.',
  valuesMap: {
    CONFIGURATION: { description: 'The service’s configuration; replaced there, not revoked here.' },
    API: { description: 'A call of createApiKey or createOrganization.' },
    PACKAGE: { description: 'An exported package carries it to report what learners do.' },
  },
});

@ObjectType('Organization', { description: 'A tenant. Nothing of one organization is visible to another.' })
export class OrganizationObject {
  @Field(() => ID, { description: 'Opaque and stable.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was created.' })
  createdAt!: Date;
}

@ObjectType('ApiKey', { description: 'A key that acts for an organization. Its secret is kept as a hash only.' })
export class ApiKeyObject {
  @Field(() => ID, { description: 'The part of the credentials before the colon.' })
  id!: string;

  @Field(() => String, { description: 'What the key is for, in its maker’s words.' })
  name!: string;

  @Field(() => [ScopeEnum], { description: 'What it may do.' })
  scopes!: Scope[];

  @Field(() => KeyOriginEnum, { description: 'Where it comes from.' })
  origin!: KeyOrigin;

  @Field(() => ID, {
    nullable: true,
    description: 'The only course it may add statements about; null: no restriction.',
  })
  courseId?: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it stops working; null: never.' })
  expiresAt?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was revoked; null: it was not.' })
  revokedAt?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt?: Date;
}

export const ApiKeyConnection = connectionOf(ApiKeyObject);

@ObjectType('Viewer', { description: 'Who is calling.' })
export class ViewerObject {
  @Field(() => OrganizationObject, { description: 'The organization the key acts for.' })
  organization!: OrganizationObject;

  @Field(() => ApiKeyObject, { description: 'The key of this request.' })
  apiKey!: ApiKeyObject;
}

@InputType({ description: 'A key to make.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What the key is for; 1 to 100 characters.' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @Field(() => [ScopeEnum], { description: 'What it may do; at least one, none twice.' })
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it stops working; never when not given.' })
  @IsOptional()
  @IsDate()
  expiresAt?: Date | null;
}

@InputType({ description: 'An organization to create.' })
export class CreateOrganizationInput {
  @Field(() => String, { description: 'What it is called; 1 to 200 characters.' })
  @IsString()
  @Length(1, 200)
  name!: string;
}

@ObjectType({ description: 'The key that was made.' })
export class CreateApiKeySuccess {
  @Field(() => ApiKeyObject, { description: 'The key.' })
  apiKey!: ApiKeyObject;

  @Field(() => String, {
    description: '`id:secret`, to send as `Authorization: Bearer id:secret`. Shown this once; it cannot be read again.',
  })
  credentials!: string;
}

@ObjectType({ description: 'The organization that was created, and its first administrator’s key.' })
export class CreateOrganizationSuccess extends CreateApiKeySuccess {
  @Field(() => OrganizationObject, { description: 'The organization.' })
  organization!: OrganizationObject;
}

@ObjectType({ description: 'The key that was revoked.' })
export class RevokeApiKeySuccess {
  @Field(() => ApiKeyObject, { description: 'The key, which does not work any more.' })
  apiKey!: ApiKeyObject;
}

export const CreateApiKeyResult = resultUnion('CreateApiKeyResult', [CreateApiKeySuccess, ValidationError]);
export const CreateOrganizationResult = resultUnion('CreateOrganizationResult', [
  CreateOrganizationSuccess,
  ValidationError,
]);
export const RevokeApiKeyResult = resultUnion('RevokeApiKeyResult', [
  RevokeApiKeySuccess,
  NotFoundError,
  ConflictError,
]);
