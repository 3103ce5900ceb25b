import type { TestApp } from './test-app.js';

/** What a test reads of an element; every other field is what the test selected. */
export interface Shown extends Record<string, unknown> {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
}

/** What a mutation answered: the fields of its success, or those of an error. */
export interface Answer extends Record<string, unknown> {
  readonly __typename: string;
  readonly code?: string;
  readonly path?: readonly string[];
  readonly problems?: readonly { code: string; message: string; path: readonly string[] }[];
}

/** What is read of the errors that a mutation can answer with. */
function errorsOf(mutation: string): string {
  const [, verb = '', what = ''] = /^([a-z]+)(.*)$/.exec(mutation) ?? [];
  const problems = verb === 'delete' ? '' : '... on ValidationError { problems { code message path } }';
  if (!['update', 'move', 'delete', 'import'].includes(verb)) return problems;
  return what === 'Course'
    ? `${problems} ... on CourseConflictError { currentRevision current { id revision treeRevision } }`
    : `${problems} ... on ElementConflictError { currentRevision current { id revision } }`;
}

const ELEMENT = 'id revision position parentId courseId externalId';

/** The content of a course that says no more than it must. */
export const courseContent = (slug: string) => ({
  title: `Course ${slug}`,
  slug,
  language: 'en',
  objectives: [],
  completionRule: 'ALL_REQUIRED_LESSONS',
});

/** Somebody who writes courses through GraphQL. */
export class Author {
  constructor(
    private readonly service: TestApp,
    private readonly key?: string,
  ) {}

  /** Runs a mutation with one input; `selection` is of its success. */
  async mutate(name: string, input: Record<string, unknown>, selection: string): Promise<Answer> {
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    const query = `mutation ($input: ${type}Input!) {
      ${name}(input: $input) { __typename ... on ${type}Success { ${selection} } ... on UserError { code message path } ${errorsOf(name)} }
    }`;
    return (await this.ask<Record<string, Answer>>(query, { input }))[name]!;
  }

  /** The data of an operation that must not fail. */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.service.graphql<Data>(query, variables, this.key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Creates an element of a family such as `Block`, and gives it; fails when it was refused. */
  async create(family: string, parentId: string, content: unknown, more: Record<string, unknown> = {}): Promise<Shown> {
    const field = family.charAt(0).toLowerCase() + family.slice(1);
    const answer = await this.mutate(
      `create${family}`,
      { parentId, content, ...more },
      `created ${field} { ${ELEMENT} }`,
    );
    if (answer.code !== undefined) throw new Error(JSON.stringify(answer));
    return answer[field] as Shown;
  }

  async course(slug: string, more: Record<string, unknown> = {}): Promise<Shown> {
    const answer = await this.mutate(
      'createCourse',
      { content: courseContent(slug), ...more },
      'course { id revision treeRevision }',
    );
    if (answer.code !== undefined) throw new Error(JSON.stringify(answer));
    return answer['course'] as Shown;
  }

  section = (courseId: string, title = 'Section', more = {}) => this.create('Section', courseId, { title }, more);

  page = (sectionId: string, title = 'Page', more = {}) => this.create('Lesson', sectionId, { page: { title } }, more);

  scenario = (sectionId: string, title = 'Scenario') => this.create('Lesson', sectionId, { scenario: { title } });

  text = (lessonId: string, body: string, more = {}) => this.create('Block', lessonId, { text: { body } }, more);

  /** A course with one section and one empty page. */
  async emptyPage(slug: string): Promise<{ course: Shown; section: Shown; page: Shown }> {
    const course = await this.course(slug);
    const section = await this.section(course.id);
    return { course, section, page: await this.page(section.id) };
  }

  /** The texts of a page in their order. */
  async textsOf(pageId: string): Promise<string[]> {
    const query = `query ($id: ID!) { element(id: $id) { ... on PageLesson { blocks { ... on TextBlock { body } } } } }`;
    const { element } = await this.ask<{ element: { blocks: { body: string }[] } }>(query, { id: pageId });
    return element.blocks.map(({ body }) => body);
  }
}
