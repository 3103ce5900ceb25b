import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StorageModule } from '../../src/platform/storage/storage.module.js';
import { AssetIntake } from './asset-intake.js';
import { AssetLimitRow } from './asset-limit.entity.js';
import { AssetRow } from './asset.entity.js';
import { AssetResolver } from './asset.resolver.js';
import { AssetStore } from './asset.store.js';
import { AssetsController } from './assets.controller.js';
import { AssetsService } from './assets.service.js';
import { Multipart } from './multipart.js';
import { PresignedUploadsService } from './presigned-uploads.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AssetRow, AssetLimitRow]), StorageModule],
  controllers: [AssetsController],
  providers: [Multipart, AssetIntake, AssetStore, AssetsService, PresignedUploadsService, AssetResolver],
  exports: [AssetsService],
})
export class AssetsModule {}
