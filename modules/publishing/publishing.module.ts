import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssetsModule } from '../assets/index.js';
import { CoursesModule } from '../courses/index.js';
import { CourseVersionRow } from './course-version.entity.js';
import { CourseVersionStore } from './course-version.store.js';
import { DraftReader } from './draft-reader.js';
import { PublishingController } from './publishing.controller.js';
import { PublishingResolver } from './publishing.resolver.js';
import { PublishingService } from './publishing.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CourseVersionRow]), AssetsModule, CoursesModule],
  controllers: [PublishingController],
  providers: [CourseVersionStore, DraftReader, PublishingService, PublishingResolver],
  exports: [PublishingService],
})
export class PublishingModule {}
