import { Args, Float, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { NotFound, UserError } from '../../src/platform/errors.js';
import { toConnection, type Connection } from '../../src/platform/graphql/connection.js';
import { succeeded } from '../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../src/platform/graphql/uuid.pipe.js';
import type { Asset } from './asset.js';
import {
  AssetConnection,
  AssetObject,
  AssetsArgs,
  BeginAssetUploadInput,
  BeginAssetUploadResult,
  CompleteAssetUploadInput,
  CompleteAssetUploadResult,
  DeleteAssetResult,
  SetAssetLimitResult,
} from './asset.graphql.js';
import { AssetsService } from './assets.service.js';
import { PresignedUploadsService, type PresignedUpload } from './presigned-uploads.service.js';

@Resolver(() => AssetObject)
export class AssetResolver {
  constructor(
    private readonly service: AssetsService,
    private readonly uploads: PresignedUploadsService,
  ) {}

  @Query(() => AssetObject, { nullable: true, description: 'One asset; null when there is none with this id.' })
  async asset(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the asset.' }, UuidPipe) id: string,
  ): Promise<Asset | null> {
    const asset = await this.service.asset(principal, id);
    return asset instanceof NotFound ? null : asset;
  }

  @Query(() => AssetConnection, { description: 'The assets of the organization, the newest first.' })
  async assets(
    @CurrentPrincipal() principal: Principal,
    @Args() { search, ...page }: AssetsArgs,
  ): Promise<Connection<Asset>> {
    return toConnection(succeeded(await this.service.list(principal, page, search)), () =>
      this.service.count(principal, search),
    );
  }

  @ResolveField(() => String, { description: 'Path of the file on this service; reading it needs the scope "author".' })
  url(@Parent() asset: Asset): string {
    return `/assets/${asset.id}`;
  }

  @Mutation(() => BeginAssetUploadResult, {
    description: 'Gives an address of the storage to send a file to; only with S3-compatible storage.',
  })
  beginAssetUpload(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What will be sent.' }) input: BeginAssetUploadInput,
  ): Promise<PresignedUpload | UserError> {
    return this.uploads.begin(principal, input.bytes);
  }

  @Mutation(() => CompleteAssetUploadResult, {
    description: 'Judges a file that was sent to the storage and makes it an asset.',
  })
  async completeAssetUpload(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What was sent.' }) input: CompleteAssetUploadInput,
  ): Promise<{ asset: Asset } | UserError> {
    return mapSuccess(await this.uploads.complete(principal, input), (asset) => ({ asset }));
  }

  @Mutation(() => DeleteAssetResult, { description: 'Deletes an asset. Published versions that use it keep it.' })
  deleteAsset(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the asset.' }, UuidPipe) id: string,
  ): Promise<{ deletedId: string } | UserError> {
    return this.service.delete(principal, id);
  }

  @Mutation(() => SetAssetLimitResult, {
    description: 'Sets how large one file of the organization may be; needs the scope "admin".',
  })
  setAssetLimit(
    @CurrentPrincipal() principal: Principal,
    @Args('maxBytes', { type: () => Float, description: 'In bytes.' }) maxBytes: number,
  ): Promise<{ maxBytes: number } | UserError> {
    return this.service.setLimit(principal, maxBytes);
  }
}
