/** The tree below a course, from the schemas of its elements; a published document and an import differ only in their ids. */
import { z } from 'zod';
import { blockKinds, type BlockContent } from './blocks/index.js';
import {
  assessmentLesson,
  pageLesson,
  scenarioLesson,
  sectionContent,
  type LessonContent,
  type SectionContent,
} from './course.js';
import { questionKinds, type QuestionContent } from './questions/index.js';
import { choice, edge, type Choice, type Edge } from './scenario/exit.js';
import { nodeKinds } from './scenario/node.js';
import type { ScenarioNode, ScenarioVariable } from './scenario/scenario.js';
import { variableKinds } from './scenario/variable.js';

export type Identified<T> = T & { id: string };
export type Block = Identified<BlockContent>;
export type Question = Identified<QuestionContent>;
type LessonOf<K extends LessonContent['kind']> = Identified<Extract<LessonContent, { kind: K }>>;
export type PageLesson = LessonOf<'page'> & { blocks: Block[] };
export type ScenarioLesson = LessonOf<'scenario'> & { variables: ScenarioVariable[]; nodes: ScenarioNode[] };
export type AssessmentLesson = LessonOf<'assessment'> & { questions: Question[] };
export type Lesson = PageLesson | ScenarioLesson | AssessmentLesson;
export type Section = Identified<SectionContent> & { lessons: Lesson[] };
export type { Choice, Edge, ScenarioNode, ScenarioVariable };

/** How an element names itself: `id` in a published document, an optional `externalId` in an import. */
export type Identity = Record<'id', z.ZodType<string>> | Record<'externalId', z.ZodType<string | undefined>>;

/** How long each list may be: bounds that keep one document in memory, far beyond any course that is taught. */
export const LIST_LIMITS = {
  sections: 200,
  lessons: 200,
  blocks: 500,
  questions: 500,
  variables: 30,
  nodes: 300,
  choices: 12,
  edges: 12,
};

const list = (item: z.ZodType, max: number, description: string) =>
  z.array(item).max(max).default([]).describe(description);

const extended = (schema: z.ZodObject, shape: z.ZodRawShape): z.ZodObject => schema.safeExtend(shape);

// Kinds always have their literal `kind`; the compiler loses sight of it when the shapes are extended in a loop.
const byKind = (kinds: readonly z.ZodObject[]) =>
  z.discriminatedUnion('kind', kinds as unknown as [z.ZodObject<{ kind: z.ZodLiteral<string> }>]);

const anyOf = (kinds: readonly z.ZodObject[], shape: z.ZodRawShape) =>
  byKind(kinds.map((kind) => extended(kind, shape)));

function nodes(identity: Identity) {
  return anyOf(nodeKinds, {
    ...identity,
    choices: list(extended(choice, identity), LIST_LIMITS.choices, 'Ways out of a decision'),
    edges: list(extended(edge, identity), LIST_LIMITS.edges, 'Ways out of every other node but an ending'),
  });
}

function lessons(identity: Identity) {
  return byKind([
    extended(pageLesson, {
      ...identity,
      blocks: list(anyOf(blockKinds, identity), LIST_LIMITS.blocks, 'Blocks in their order'),
    }),
    extended(scenarioLesson, {
      ...identity,
      variables: list(anyOf(variableKinds, identity), LIST_LIMITS.variables, 'Variables'),
      nodes: list(nodes(identity), LIST_LIMITS.nodes, 'Nodes; the first is the start'),
    }),
    extended(assessmentLesson, {
      ...identity,
      questions: list(anyOf(questionKinds, identity), LIST_LIMITS.questions, 'Questions in their order'),
    }),
  ]);
}

/** The sections of a course with all that is below them. */
export const sectionTree = (identity: Identity) =>
  list(
    extended(sectionContent, {
      ...identity,
      lessons: list(lessons(identity), LIST_LIMITS.lessons, 'Lessons in their order'),
    }),
    LIST_LIMITS.sections,
    'Sections in their order',
  );
