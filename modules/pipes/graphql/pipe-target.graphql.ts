import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Length, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Nested } from '../../../src/platform/graphql/input-fields.js';
import type { TargetSettings } from '../targets/targets.js';
import { TARGET_VERSIONS, type TargetVersion } from '../targets/xapi-statement.js';

export const XapiVersionEnum = { V1_0_3: '1.0.3', V2_0_0: '2.0.0' } as const satisfies Record<string, TargetVersion>;

registerEnumType(XapiVersionEnum, {
  name: 'PipeXapiVersion',
  description: 'The version of xAPI that a target speaks.',
  valuesMap: { V1_0_3: { description: 'xAPI 1.0.3.' }, V2_0_0: { description: 'xAPI 2.0 (IEEE 9274.1.1).' } },
});

const AuthKindEnum = { BASIC: 'BASIC', BEARER: 'BEARER' } as const;

registerEnumType(AuthKindEnum, {
  name: 'PipeAuthKind',
  description: 'How a pipe says who it is.',
  valuesMap: { BASIC: { description: 'HTTP Basic: name and password.' }, BEARER: { description: 'A bearer token.' } },
});

const LONGEST_SECRET = 8_000;
const KEEP_AUTHORITY =
  'Statements go out with the `authority` that they have here, for targets that trust the credential with that. Otherwise ' +
  'they go without, and the target says who asserted them: the holder of the credential.';

@InputType({ description: 'A name and a password for HTTP Basic.' })
export class PipeBasicAuthInput {
  @Field(() => String, { description: 'The name, or the id of a key; it has no colon.' })
  @Matches(/^[^:\p{Cc}]{1,1000}$/u)
  username!: string;

  @Field(() => String, { description: 'The password, or the secret of a key. It is kept encrypted and never shown.' })
  @Matches(/^[^\p{Cc}]+$/u)
  @MaxLength(LONGEST_SECRET)
  password!: string;
}

@InputType({ description: 'A bearer token.' })
export class PipeBearerAuthInput {
  @Field(() => String, { description: 'The token. It is kept encrypted and never shown.' })
  @Matches(/^[\x21-\x7e]+$/)
  @MaxLength(LONGEST_SECRET)
  token!: string;
}

@InputType({ description: 'A credential. Give exactly one field.', isOneOf: true })
export class PipeAuthInput {
  @Nested(() => PipeBasicAuthInput, 'HTTP Basic.')
  basic?: PipeBasicAuthInput;

  @Nested(() => PipeBearerAuthInput, 'A bearer token.')
  bearer?: PipeBearerAuthInput;
}

@InputType({ description: 'Another LRS.' })
export class XapiTargetInput {
  @Field(() => String, {
    description: 'Base address of its resources, such as `https://lrs.example.com/xapi`; `/statements` is added.',
  })
  @IsString()
  @Length(1, 2_000)
  endpoint!: string;

  @Field(() => XapiVersionEnum, { defaultValue: '1.0.3', description: 'The version of xAPI to speak with it.' })
  @IsIn(TARGET_VERSIONS)
  version!: TargetVersion;

  @Field(() => PipeAuthInput, {
    nullable: true,
    description: 'The credential. It may be left out when a pipe is changed and the target stays on its server.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => PipeAuthInput)
  auth?: PipeAuthInput | null;

  @Field(() => Boolean, { defaultValue: false, description: KEEP_AUTHORITY })
  @IsBoolean()
  keepAuthority!: boolean;
}

@InputType({ description: 'Where a pipe delivers to. Give exactly one field.', isOneOf: true })
export class PipeTargetInput {
  @Nested(() => XapiTargetInput, 'Another LRS.')
  xapi?: XapiTargetInput;
}

@ObjectType('PipeAuth', { description: 'The credential of a pipe, without what is secret in it.' })
export class PipeAuthObject {
  @Field(() => AuthKindEnum, { description: 'How the pipe says who it is.' })
  kind!: keyof typeof AuthKindEnum;

  @Field(() => String, { nullable: true, description: 'The name of HTTP Basic.' })
  username?: string;
}

@ObjectType('XapiTarget', { description: 'Another LRS.' })
export class XapiTargetObject {
  @Field(() => String, { description: 'Base address of its resources.' })
  endpoint!: string;

  @Field(() => XapiVersionEnum, { description: 'The version of xAPI that is spoken with it.' })
  version!: TargetVersion;

  @Field(() => PipeAuthObject, { description: 'The credential, without what is secret in it.' })
  auth!: PipeAuthObject;

  @Field(() => Boolean, { description: KEEP_AUTHORITY })
  keepAuthority!: boolean;
}

const OBJECT_OF = { XAPI: XapiTargetObject } satisfies Record<TargetSettings['kind'], unknown>;

export const PipeTargetUnion = createUnionType({
  name: 'PipeTarget',
  description: 'Where a pipe delivers to.',
  types: () => Object.values(OBJECT_OF),
  resolveType: ({ kind }: TargetSettings) => OBJECT_OF[kind],
});
