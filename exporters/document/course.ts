/** The fields of courses, sections and lessons: what an author sets, in a draft and in a published document alike. */
import { z } from 'zod';
import { enumeration, group, itemId, itemList, kindOf, line, markdown } from './fields.js';

const colour = (description: string) =>
  z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, { error: 'must be a colour such as #1a5fb4' })
    .describe(description);

export const theme = group('CourseTheme', 'What the course looks like; what is left out is the default.', {
  accent: colour('Colour of actions and links on a light ground').optional(),
  accentDark: colour('Colour of actions and links on a dark ground').optional(),
  appearance: enumeration('ThemeAppearance', 'Light or dark.', {
    LIGHT: 'Always light',
    DARK: 'Always dark',
    SYSTEM: "As the learner's device is set",
  }).optional(),
  typeface: enumeration('ThemeTypeface', 'The typeface; always one that the device has.', {
    SANS: 'Without serifs',
    SERIF: 'With serifs',
  }).optional(),
  corners: enumeration('ThemeCorners', 'How corners are drawn.', { SQUARE: 'Square', ROUND: 'Rounded' }).optional(),
});

export const courseFields = {
  title: line('Title of the course'),
  summary: markdown('What the course is about', 3_000).optional(),
  slug: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'must be lower-case letters and digits joined by hyphens' })
    .describe('Short name for addresses and file names, unique in the organization'),
  language: z
    .string()
    .max(35)
    .refine(isLanguageTag, { error: 'must be a BCP 47 language tag such as en or pt-BR' })
    .describe('BCP 47 tag of the language of the course'),
  objectives: itemList(
    group('CourseObjective', 'What a learner can do after the course.', {
      id: itemId(),
      text: line('The objective', 300),
    }),
    'What a learner can do after the course',
    { min: 0, max: 20 },
  ),
  theme: theme.optional(),
  estimatedMinutes: z.int().min(1).max(10_000).describe('How long the course takes, in minutes').optional(),
  completionRule: enumeration('CompletionRule', 'When a course is complete.', {
    ALL_REQUIRED_LESSONS: 'When every required lesson is complete; there is no pass or fail',
    ASSESSMENT_MASTERY:
      'When every required lesson is complete; it is passed when every assessment reaches its pass mark',
  }),
};

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const courseContent = group('CourseContent', 'What an author sets on a course.', courseFields);
export type CourseContent = z.infer<typeof courseContent>;

export const sectionContent = group('SectionContent', 'A part of a course.', {
  title: line('Title of the section'),
});
export type SectionContent = z.infer<typeof sectionContent>;

const lessonFields = {
  title: line('Title of the lesson'),
  summary: markdown('What the lesson is about', 2_000).optional(),
  optional: z.boolean().describe('True when the course can be completed without it; false when left out').optional(),
};

export const pageLesson = kindOf('page', 'PageLesson', 'A lesson to read and explore, made of blocks.', lessonFields);

export const scenarioLesson = kindOf(
  'scenario',
  'ScenarioLesson',
  'A branching scenario; its first node is the start.',
  {
    ...lessonFields,
    introduction: markdown('What the learner reads before it begins', 5_000).optional(),
    debrief: markdown('What the learner reads after every ending', 5_000).optional(),
  },
);

export const assessmentLesson = kindOf('assessment', 'AssessmentLesson', 'Questions that are scored.', {
  ...lessonFields,
  introduction: markdown('What the learner reads before it begins', 5_000).optional(),
  passMark: z.int().min(0).max(100).describe('Score from which it is passed, 0 to 100'),
  attempts: z.int().min(1).max(100).describe('How often it may be taken; as often as wanted when left out').optional(),
  shuffleQuestions: z.boolean().describe('Whether each attempt has its own order of questions').optional(),
  shuffleOptions: z.boolean().describe('Whether each attempt has its own order of options').optional(),
  timeLimitSeconds: z.int().min(30).max(86_400).describe('Time for one attempt, in seconds').optional(),
  feedback: enumeration('AssessmentFeedback', 'When the learner reads feedback.', {
    AFTER_EACH_QUESTION: 'After each question',
    AT_THE_END: 'With the result, once the attempt is over',
    NEVER: 'Only the score is shown',
  }),
});

export const lessonKinds = [pageLesson, scenarioLesson, assessmentLesson] as const;
export const lessonContent = z
  .discriminatedUnion('kind', lessonKinds)
  .meta({ title: 'LessonContent', description: 'A lesson of any kind.' });
export type LessonContent = z.infer<typeof lessonContent>;
export type LessonKind = LessonContent['kind'];
