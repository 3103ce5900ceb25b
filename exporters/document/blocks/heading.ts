import { z } from 'zod';
import { kindOf, line } from '../fields.js';

export const heading = kindOf('heading', 'HeadingBlock', 'A heading inside a lesson.', {
  level: z.int().min(2).max(3).describe('2 for a main heading of the lesson, 3 for one below it'),
  text: line('The words of the heading'),
});
