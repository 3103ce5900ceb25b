import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssetsModule } from '../assets/index.js';
import { CourseRow } from './course.entity.js';
import { CourseService } from './course.service.js';
import { CourseStore } from './course.store.js';
import { ElementArranger } from './elements/element-arranger.js';
import { ElementRow } from './elements/element.entity.js';
import { ElementService } from './elements/element.service.js';
import { ElementStore } from './elements/element.store.js';
import { PlaceKeeper } from './elements/place-keeper.js';
import { ReferenceChecker } from './elements/reference-checker.js';
import { CourseResolver } from './graphql/course.resolver.js';
import { elementMutations } from './graphql/element-mutations.js';
import { ElementResolver } from './graphql/element.resolver.js';
import { FAMILIES } from './graphql/families.js';
import { CourseImportResolver } from './import/course-import.resolver.js';
import { CourseImportService } from './import/course-import.service.js';
import { CourseImportStore } from './import/course-import.store.js';
import { CourseSourceService } from './import/course-source.service.js';
import { ImportAssetsService } from './import/import-assets.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CourseRow, ElementRow]), AssetsModule],
  providers: [
    CourseStore,
    CourseService,
    ElementStore,
    ElementService,
    ElementArranger,
    PlaceKeeper,
    ReferenceChecker,
    CourseImportStore,
    CourseImportService,
    CourseSourceService,
    ImportAssetsService,
    CourseResolver,
    CourseImportResolver,
    ElementResolver,
    ...FAMILIES.map(elementMutations),
  ],
  exports: [CourseService, ElementService, CourseImportService],
})
export class CoursesModule {}
