import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { ScenariosResolver } from './scenarios.resolver.js';
import { ScenariosService } from './scenarios.service.js';

@Module({
  imports: [CoursesModule],
  providers: [ScenariosService, ScenariosResolver],
})
export class ScenariosModule {}
