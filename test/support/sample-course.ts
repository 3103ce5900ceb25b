import { readFile } from 'node:fs/promises';
import type { Author } from './author.js';

const SOURCE = new URL('../../examples/social-media-at-work/course.json', import.meta.url);

/** The sample course as `importCourse` takes it. */
export async function sampleCourse(): Promise<unknown> {
  return JSON.parse(await readFile(SOURCE, 'utf8'));
}

interface Named {
  readonly id: string;
  readonly externalId: string;
}

interface Tree {
  readonly sections: { lessons: (Named & { blocks?: Named[]; nodes?: Named[]; questions?: Named[] })[] }[];
}

/** Imports the sample course; gives the id of each lesson, block, node and question by its external id. */
export async function importSampleCourse(author: Author): Promise<(externalId: string) => string> {
  const named = 'id externalId';
  const tree = `lessons { ${named} ... on PageLesson { blocks { ${named} } } ... on ScenarioLesson { nodes { ${named} } }
    ... on AssessmentLesson { questions { ${named} } } }`;
  const answer = await author.mutate(
    'importCourse',
    { document: await sampleCourse() },
    `course { sections { ${tree} } }`,
  );
  if (answer.code !== undefined) throw new Error(JSON.stringify(answer));
  const lessons = (answer['course'] as Tree).sections.flatMap((section) => section.lessons);
  const all = lessons.flatMap(({ blocks = [], nodes = [], questions = [], ...lesson }) => [
    lesson,
    ...blocks,
    ...nodes,
    ...questions,
  ]);
  const ids = new Map(all.map(({ id, externalId }) => [externalId, id]));
  return (externalId) => {
    const id = ids.get(externalId);
    if (id === undefined) throw new Error(`The sample course has no ${externalId}.`);
    return id;
  };
}
