import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  courseImport,
  isRecord,
  isScored,
  prepare,
  questionKinds,
  stringsOf,
  type AssessmentLesson,
  type CourseImport,
  type Lesson,
  type Question,
  type Section,
} from '../../exporters/document/index.js';
import { lintScenario } from '../../modules/scenarios/index.js';

const SOURCE = new URL('../../examples/social-media-at-work/course.json', import.meta.url);

/** The topics that the course has to teach, each with the lessons that do. */
const TOPICS = {
  'policy overview': ['policy-overview'],
  'engaging customers': ['engaging-customers', 'scenario-complaint'],
  'answering negative comments': ['negative-comments', 'scenario-complaint'],
  'sharing content': ['sharing-content'],
  'risks to company and career': ['risks'],
  'brand voice': ['brand-voice'],
  'personal-account boundaries': ['personal-accounts', 'scenario-personal'],
  'confidentiality and taking it offline': ['confidentiality'],
  'transparency and authenticity': ['transparency'],
  'company goals and strategy': ['why-it-matters'],
  'algorithm and platform updates': ['platforms-change'],
  'united front across departments': ['united-front'],
  'crisis handling': ['when-it-goes-wrong', 'scenario-crisis'],
  'being an ambassador': ['being-an-ambassador'],
};

let source: unknown;
let course: CourseImport;
let lessons: Lesson[];

/** Elements name themselves by external id in an import, and by id everywhere else. */
function identified(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(identified);
  if (!isRecord(value)) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, identified(field)]));
  return 'externalId' in fields ? { id: fields['externalId'], ...fields } : fields;
}

beforeAll(async () => {
  source = JSON.parse(await readFile(SOURCE, 'utf8'));
  course = courseImport.parse(source) as unknown as CourseImport;
  lessons = (identified(course.sections) as Section[]).flatMap((section) => section.lessons);
});

const scenarios = () => lessons.filter((lesson) => lesson.kind === 'scenario');
const assessment = () => lessons.find((lesson): lesson is AssessmentLesson => lesson.kind === 'assessment');
const blocks = () => lessons.flatMap((lesson) => (lesson.kind === 'page' ? lesson.blocks : []));
const checks = () => blocks().flatMap((block) => (block.kind === 'knowledge-check' ? [block.question] : []));

describe('the sample course as a document', () => {
  it('is accepted by the schema of imports as it stands, with nothing left to fill in', () => {
    expect(prepare(courseImport, source)).toEqual(source);
  });

  it('gives every element an external id of its own', () => {
    const ids: unknown[] = [];
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect);
      if (!isRecord(value)) return;
      if ('externalId' in value) ids.push(value['externalId']);
      Object.values(value).forEach(collect);
    };
    collect(course.sections);
    expect(new Set(ids).size).toBe(ids.length);
    const elements = lessons.length + course.sections.length + blocks().length + (assessment()?.questions.length ?? 0);
    expect(ids.length).toBeGreaterThan(elements);
  });

  it('refers to assets that it brings, and uses each of them', () => {
    const used = new Set(stringsOf(courseImport, source, 'asset').map(({ value }) => value));
    expect(used).toEqual(new Set(course.assets.map(({ externalId }) => externalId)));
  });

  it('brings pictures that are drawn for it: plain SVG that runs nothing and loads nothing', () => {
    expect(course.assets.length).toBeGreaterThanOrEqual(6);
    for (const { text } of course.assets) {
      expect(text).toMatch(/^<svg xmlns=["']http:\/\/www\.w3\.org\/2000\/svg["'] width=["']\d+["'] height=["']\d+["']/);
      expect(text).not.toMatch(/<script|<image|<foreignObject|href|\son\w+=/i);
    }
  });

  it('links questions to objectives that exist, and shows each objective by a question that counts', () => {
    const shown = (assessment()?.questions ?? []).filter(isScored).flatMap(({ objectives = [] }) => objectives);
    expect(new Set(shown)).toEqual(new Set(course.objectives.map(({ id }) => id)));
  });
});

describe('what the sample course teaches', () => {
  it('covers every topic in a lesson', () => {
    const known = new Set(lessons.map(({ id }) => id));
    const missing = Object.entries(TOPICS).filter(([, ids]) => !ids.every((id) => known.has(id)));
    expect(missing).toEqual([]);
    expect(lessons.length).toBeGreaterThanOrEqual(8);
  });

  it('shows successes and failures, four reference cards, and twelve kinds of blocks', () => {
    const kinds = new Map<string, number>();
    for (const { kind } of blocks()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const outcomes = blocks().flatMap((block) => (block.kind === 'case-study' ? [block.outcome] : []));
    expect(new Set(outcomes)).toEqual(new Set(['SUCCESS', 'FAILURE']));
    expect(kinds.get('quick-reference-card')).toBe(4);
    expect(kinds.size).toBe(12);
  });

  it('takes between 45 and 75 minutes to read at 200 words a minute, and says so', () => {
    const texts = [...stringsOf(courseImport, source, 'markdown').map(({ value }) => value)];
    const words = texts.join(' ').split(/\s+/).length;
    expect(words / 200).toBeGreaterThan(45);
    expect(words / 200).toBeLessThan(75);
    expect(course.estimatedMinutes).toBe(60);
  });
});

describe('the scenarios of the sample course', () => {
  it('are three, of at least twelve nodes, with variables, guards and effects', () => {
    expect(scenarios().map(({ id }) => id)).toEqual(['scenario-complaint', 'scenario-personal', 'scenario-crisis']);
    for (const { nodes, variables } of scenarios()) {
      const exits = nodes.flatMap(({ choices, edges }) => [...choices, ...edges]);
      expect(nodes.length).toBeGreaterThanOrEqual(12);
      expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(['Trust', 'Reach', 'Risk']));
      expect(exits.some(({ guard }) => guard !== undefined)).toBe(true);
      expect(exits.some(({ effects }) => effects !== undefined)).toBe(true);
    }
  });

  it('give the linter nothing to complain about', () => {
    for (const scenario of scenarios()) {
      const { exact, problems } = lintScenario(scenario);
      expect({ id: scenario.id, exact, problems }).toEqual({ id: scenario.id, exact: true, problems: [] });
    }
  });

  it('reward judgement: the best play earns 100, chance earns less than half, and endings differ in outcome', () => {
    for (const scenario of scenarios()) {
      const { score, paths } = lintScenario(scenario);
      expect(score.maximum).toBe(100);
      expect(score.expected).toBeLessThan(50);
      expect(paths?.count).toBeGreaterThan(50);
      const outcomes = scenario.nodes.flatMap((node) => (node.kind === 'ending' ? [node.outcome] : []));
      expect(new Set(outcomes)).toEqual(new Set(['GOOD', 'ACCEPTABLE', 'POOR']));
    }
  });

  it('name the clauses of the policy that every choice rests on', () => {
    const clauses = blocks()
      .flatMap((block) => (block.kind === 'accordion' ? block.items.map(({ title }) => title) : []))
      .filter((title) => title.startsWith('Clause '));
    expect(clauses).toHaveLength(9);
    const choices = scenarios().flatMap(({ nodes }) => nodes.flatMap((node) => node.choices));
    for (const { policyClauses = [] } of choices) {
      expect(policyClauses.length).toBeGreaterThan(0);
      expect(clauses).toEqual(expect.arrayContaining(policyClauses));
    }
  });

  it('make acknowledging early decide the crisis', () => {
    const crisis = scenarios().find(({ id }) => id === 'scenario-crisis');
    const start = crisis?.nodes.find(({ id }) => id === 'crisis-first');
    if (crisis === undefined || start === undefined) throw new Error('The crisis is not in the course.');
    const without = crisis.nodes.map((node) =>
      node.id === 'crisis-first'
        ? { ...node, choices: node.choices.filter(({ id }) => id !== 'crisis-first-acknowledge') }
        : node,
    );
    expect(lintScenario({ ...crisis, nodes: without }).score.maximum).toBeLessThan(100);
  });
});

describe('the assessment of the sample course', () => {
  it('has twenty questions of all kinds, a pass mark of 80 and three attempts', () => {
    const lesson = assessment();
    expect(lesson).toMatchObject({ passMark: 80, attempts: 3 });
    expect(lesson?.questions).toHaveLength(20);
    const all = questionKinds.map((kind) => kind.shape.kind.value);
    expect(new Set(lesson?.questions.map(({ kind }) => kind))).toEqual(new Set(all));
  });

  it('explains every answer', () => {
    for (const question of [...(assessment()?.questions ?? []), ...checks()] as Question[]) {
      const onOptions = 'options' in question && question.options.every(({ feedback }) => feedback !== undefined);
      const onBoth = question.kind === 'true-false' && Boolean(question.feedbackWhenTrue && question.feedbackWhenFalse);
      const onResult = question.feedback?.correct !== undefined && question.feedback.incorrect !== undefined;
      expect([question.prompt, onOptions || onBoth || onResult || question.kind === 'likert']).toEqual([
        question.prompt,
        true,
      ]);
    }
  });

  it('accepts several answers where people answer in their own voice', () => {
    const questions = [...(assessment()?.questions ?? []), ...checks()];
    const several = questions.filter(
      (one) => one.kind === 'single-choice' && one.options.filter(({ correct }) => correct).length > 1,
    );
    expect(several.length).toBeGreaterThanOrEqual(3);
  });

  it('puts the best option now here, now there, and does not make it the longest', () => {
    const singles = [...(assessment()?.questions ?? []), ...checks()].filter((one) => one.kind === 'single-choice');
    const best = singles.map(({ options }) => {
      const credits = options.map(({ correct, credit }) => credit ?? Number(correct));
      const place = credits.indexOf(Math.max(...credits));
      const lengths = options.map(({ text }) => text.length);
      return { place, longest: lengths[place] === Math.max(...lengths) };
    });
    for (const place of [0, 1, 2, 3]) {
      expect(best.filter((one) => one.place === place).length).toBeLessThanOrEqual(best.length / 2);
    }
    expect(best.filter(({ longest }) => longest).length).toBeLessThanOrEqual(best.length * 0.6);
  });
});
