import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { AssessmentsResolver } from './assessments.resolver.js';
import { AssessmentsService } from './assessments.service.js';

@Module({
  imports: [CoursesModule],
  providers: [AssessmentsService, AssessmentsResolver],
})
export class AssessmentsModule {}
