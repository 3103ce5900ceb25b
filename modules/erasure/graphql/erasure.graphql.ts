import { Field, Float, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsIn, ValidateNested } from 'class-validator';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import type { HashCheck } from '../../../src/platform/secrets/keyed-hashes.js';
import type { ErasedContent } from '../../lrs/index.js';
import { PersonInput } from '../../persons/index.js';
import type { ErasureStatus } from '../erasure.js';

const ErasureStatusEnum = {
  WAITING: 'WAITING',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
} as const satisfies Record<ErasureStatus, ErasureStatus>;

registerEnumType(ErasureStatusEnum, {
  name: 'ErasureStatus',
  description: 'How far an erasure is.',
  valuesMap: {
    WAITING: { description: 'Its job has not begun, or lets imports finish that were there before.' },
    RUNNING: { description: 'It is under way; after a crash it goes on where it was.' },
    DONE: { description: 'There is a certificate.' },
  },
});

const ErasedContentEnum = { KEEP: 'KEEP', REMOVE: 'REMOVE' } as const satisfies Record<ErasedContent, ErasedContent>;

registerEnumType(ErasedContentEnum, {
  name: 'ErasedContent',
  description: 'What becomes of what the person has said in statements whose actor the person is.',
  valuesMap: {
    KEEP: { description: 'It stays as it is, also where somebody has written about themselves.' },
    REMOVE: {
      description:
        'Response and extensions of the result and extensions of the context go. Numbers that are made of them, such as the ' +
        'progress in learner records, go with them.',
    },
  },
});

const CertificateCheckEnum = {
  VALID: 'VALID',
  DIFFERENT: 'DIFFERENT',
  UNKNOWN_KEY: 'UNKNOWN_KEY',
} as const satisfies Record<HashCheck, HashCheck>;

registerEnumType(CertificateCheckEnum, {
  name: 'ErasureCertificateCheck',
  description: 'Whether a certificate is what this service has signed.',
  valuesMap: {
    VALID: { description: 'This service signed it for your organization, and nobody has changed it since.' },
    DIFFERENT: { description: 'It was changed, or the signature is of another certificate.' },
    UNKNOWN_KEY: { description: 'It was signed with an installation secret that is not configured any more.' },
  },
});

@ObjectType('ErasureCount', { description: 'How many things of one kind.' })
export class ErasureCountObject {
  @Field(() => String, {
    description: 'The kind: `statements`, `attachments`, `documents`, `learnerRecords`; docs/privacy.md has them all.',
  })
  kind!: string;

  @Field(() => Float, { description: 'How many.' })
  count!: number;
}

@ObjectType('ErasureRequester', { description: 'Who asked for an erasure.' })
export class ErasureRequesterObject {
  @Field(() => ID, { description: 'Id of the API key, or of the token issuer.' })
  keyId!: string;

  @Field(() => String, { nullable: true, description: 'The client, of a token.' })
  client?: string;
}

@ObjectType('ErasureCertificate', { description: 'What an erasure has done. It tells nothing of who was erased.' })
export class ErasureCertificateObject {
  @Field(() => String, { description: 'The certificate as canonical JSON (RFC 8785).' })
  certificate!: string;

  @Field(() => String, {
    description: 'HMAC with SHA-256 of the certificate, under a key that only this installation has.',
  })
  signature!: string;
}

@ObjectType('Erasure', { description: 'The erasure of a person.' })
export class ErasureObject {
  @Field(() => ID, { description: 'Id of the erasure.' })
  id!: string;

  @Field(() => ErasureStatusEnum, { description: 'How far it is.' })
  status!: ErasureStatus;

  @Field(() => ErasedContentEnum, { description: 'What becomes of what the person has said.' })
  content!: ErasedContent;

  @Field(() => ErasureRequesterObject, { description: 'Who asked for it.' })
  requestedBy!: ErasureRequesterObject;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'What was stored before this time is touched; null as long as it waits.',
  })
  storedBefore?: Date | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was done.' })
  finishedAt?: Date | undefined;

  @Field(() => [ErasureCountObject], { description: 'What was touched so far.' })
  counts!: ErasureCountObject[];

  @Field(() => String, { nullable: true, description: 'What it is doing, while it is under way.' })
  step?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Why the last attempt was cut off; the next one goes on.' })
  error?: string | undefined;

  @Field(() => ErasureCertificateObject, { nullable: true, description: 'The certificate, once it is done.' })
  certificate?: ErasureCertificateObject | undefined;
}

export const ErasureConnection = connectionOf(ErasureObject);

@InputType({ description: 'Whom to erase.' })
export class ErasePersonInput {
  @Field(() => PersonInput, { description: 'The person, with all identities.' })
  @ValidateNested()
  @Type(() => PersonInput)
  person!: PersonInput;

  @Field(() => ErasedContentEnum, {
    defaultValue: 'KEEP',
    description: 'What becomes of what the person has said in statements.',
  })
  @IsIn(Object.keys(ErasedContentEnum))
  content!: ErasedContent;
}

@ObjectType({ description: 'The erasure that was asked for.' })
export class ErasePersonSuccess {
  @Field(() => ErasureObject, { description: 'The erasure: follow it by `erasureProgress`.' })
  erasure!: ErasureObject;
}

export const ErasePersonResult = resultUnion('ErasePersonResult', [
  ErasePersonSuccess,
  NotFoundError,
  ValidationError,
  ConflictError,
]);

@ObjectType({ description: 'What an erasure would touch.' })
export class ErasurePreviewSuccess {
  @Field(() => [ErasureCountObject], { description: 'How many things of each kind.' })
  counts!: ErasureCountObject[];
}

export const ErasurePreviewResult = resultUnion('ErasurePreviewResult', [
  ErasurePreviewSuccess,
  NotFoundError,
  ValidationError,
]);

@ObjectType({ description: 'What came of the check.' })
export class VerifyErasureCertificateSuccess {
  @Field(() => CertificateCheckEnum, { description: 'Whether the certificate is genuine.' })
  check!: HashCheck;
}

export const VerifyErasureCertificateResult = resultUnion('VerifyErasureCertificateResult', [
  VerifyErasureCertificateSuccess,
  ValidationError,
]);
