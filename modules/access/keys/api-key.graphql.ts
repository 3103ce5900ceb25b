import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { SCOPES, type Scope } from '../../../src/platform/access/principal.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { ExpectedRevision, Flag, Time } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  RevisionConflictError,
  ValidationError,
} from '../../../src/platform/graphql/user-error.objects.js';
import { ScopeEnum } from '../scope.graphql.js';
import type { KeyOrigin } from './api-key.js';

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

  @Field(() => Boolean, {
    description: 'Whether it may say who asserts the statements it sends; the authority of those of others is the key.',
  })
  trusted!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that it may make a minute; null: as many as the service’s configuration says.',
  })
  requestsPerMinute?: number;

  @Field(() => Int, { description: 'Counts the changes; to be sent as `expectedRevision`.' })
  revision!: number;

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

  @Time('When it stops working; never when not given.')
  expiresAt?: Date | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether the authority that statements bring is kept, for systems that pass on what others have asserted. ' +
      'Only for those you trust entirely.',
  })
  @IsBoolean()
  trusted!: boolean;

  @Field(() => Int, { nullable: true, description: 'Requests that it may make a minute, 1 to 1,000,000.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  requestsPerMinute?: number | null;
}

@InputType({ description: 'A change of a key. What is not given stays as it is.' })
export class UpdateApiKeyInput {
  @Field(() => ID, { description: 'The key’s id.' })
  @IsString()
  id!: string;

  @ExpectedRevision('key')
  expectedRevision!: number;

  @Field(() => String, { nullable: true, description: 'What the key is for; 1 to 100 characters.' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string | null;

  @Field(() => [ScopeEnum], { nullable: true, description: 'What it may do; at least one, none twice.' })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes?: Scope[] | null;

  @Time('When it stops working; null: never.')
  expiresAt?: Date | null;

  @Flag('Whether the authority that statements bring is kept.')
  trusted?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that it may make a minute, 1 to 1,000,000; null: as many as the configuration says.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  requestsPerMinute?: number | null;
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

@ObjectType({ description: 'The key that was changed.' })
export class UpdateApiKeySuccess {
  @Field(() => ApiKeyObject, { description: 'The key, as it is now.' })
  apiKey!: ApiKeyObject;
}

@ObjectType({ description: 'The key that was revoked.' })
export class RevokeApiKeySuccess {
  @Field(() => ApiKeyObject, { description: 'The key, which does not work any more.' })
  apiKey!: ApiKeyObject;
}

export const CreateApiKeyResult = resultUnion('CreateApiKeyResult', [CreateApiKeySuccess, ValidationError]);
export const UpdateApiKeyResult = resultUnion('UpdateApiKeyResult', [
  UpdateApiKeySuccess,
  NotFoundError,
  RevisionConflictError,
  ConflictError,
  ValidationError,
]);
export const RevokeApiKeyResult = resultUnion('RevokeApiKeyResult', [
  RevokeApiKeySuccess,
  NotFoundError,
  ConflictError,
]);
