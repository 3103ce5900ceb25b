import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Length, Matches, Min } from 'class-validator';
import { connectionOf } from '../../src/platform/graphql/connection.js';
import { ConnectionArgs } from '../../src/platform/graphql/connection.args.js';
import { Uuid } from '../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError, ValidationError } from '../../src/platform/graphql/user-error.objects.js';

const EXTERNAL_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

@ObjectType('Asset', {
  description: 'A file that courses use. It is uploaded by POST to /assets, and stored once by its content.',
})
export class AssetObject {
  @Field(() => ID, { description: 'Id of the asset.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Your own id of the asset, unique in the organization.' })
  externalId?: string;

  @Field(() => String, { description: 'Name that it was uploaded with.' })
  fileName!: string;

  @Field(() => String, { description: 'Media type, found from the bytes.' })
  mediaType!: string;

  @Field(() => Float, { description: 'Size in bytes.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of the bytes, in hexadecimal.' })
  sha256!: string;

  @Field(() => Int, { nullable: true, description: 'Width of an image in pixels, where it has one.' })
  width?: number;

  @Field(() => Int, { nullable: true, description: 'Height of an image in pixels, where it has one.' })
  height?: number;

  @Field(() => String, { description: 'Path of the file on this service; reading it needs the scope "author".' })
  url!: string;

  @Field(() => Date, { description: 'When it was uploaded.' })
  createdAt!: Date;
}

export const AssetConnection = connectionOf(AssetObject);

@ArgsType()
export class AssetsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: 'Only assets whose file name contains this, in any case.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  search?: string;
}

@InputType({ description: 'The announcement of an upload that goes straight to the storage.' })
export class BeginAssetUploadInput {
  @Field(() => Float, { description: 'Size of the file in bytes.' })
  @IsInt()
  @Min(1)
  bytes!: number;
}

@InputType({ description: 'An upload whose bytes have arrived at the storage.' })
export class CompleteAssetUploadInput {
  @Uuid('The id that beginAssetUpload gave.')
  uploadId!: string;

  @Field(() => String, { description: 'Name of the file.' })
  @IsString()
  @Length(1, 200)
  fileName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your own id of the asset; an asset that has it gets the new bytes.',
  })
  @IsOptional()
  @Matches(EXTERNAL_ID)
  externalId?: string;
}

@ObjectType({ description: 'Where to send the bytes.' })
export class BeginAssetUploadSuccess {
  @Field(() => ID, { description: 'To be given to completeAssetUpload.' })
  uploadId!: string;

  @Field(() => String, { description: 'Takes one PUT with the bytes as its body.' })
  url!: string;

  @Field(() => Date, { description: 'When the address stops working.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'The upload was accepted.' })
export class CompleteAssetUploadSuccess {
  @Field(() => AssetObject, { description: 'The asset.' })
  asset!: AssetObject;
}

@ObjectType({ description: 'The asset can no longer be chosen; published versions keep it.' })
export class DeleteAssetSuccess {
  @Field(() => ID, { description: 'Id of the asset.' })
  deletedId!: string;
}

@ObjectType({ description: 'The limit holds from now on.' })
export class SetAssetLimitSuccess {
  @Field(() => Float, { description: 'How large one file may be, in bytes.' })
  maxBytes!: number;
}

export const BeginAssetUploadResult = resultUnion('BeginAssetUploadResult', [
  BeginAssetUploadSuccess,
  ConflictError,
  ValidationError,
]);
export const CompleteAssetUploadResult = resultUnion('CompleteAssetUploadResult', [
  CompleteAssetUploadSuccess,
  NotFoundError,
  ValidationError,
]);
export const DeleteAssetResult = resultUnion('DeleteAssetResult', [DeleteAssetSuccess, NotFoundError]);
export const SetAssetLimitResult = resultUnion('SetAssetLimitResult', [SetAssetLimitSuccess, ValidationError]);
