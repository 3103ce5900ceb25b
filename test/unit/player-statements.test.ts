import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexCourse } from '../../exporters/player/state/course-index.js';
import { isoDuration } from '../../exporters/player/statements/duration.js';
import { plainText, shortened } from '../../exporters/player/statements/plain-text.js';
import { statementOf, type Speaker } from '../../exporters/player/statements/statement-of.js';
import type { Statement } from '../../exporters/player/statements/statement.js';
import { validateStatement } from '../../modules/lrs/xapi/validation/statement.js';
import { play, REGISTRATION, type Play } from '../support/courses/play.js';
import { diceOf, randomAction, randomCourse } from '../support/courses/random-course.js';
import * as course from '../support/courses/small-course.js';

const { smallCourse, PAGE, CHECK, SCENARIO, ASSESSMENT, SINGLE, MULTIPLE } = course;

const speakerOf = (document: ReturnType<typeof smallCourse>): Speaker => {
  let number = 0;
  return {
    index: indexCourse(document),
    actor: { objectType: 'Agent', name: 'Doe, Jo', account: { homePage: 'https://lms.example', name: 'jo-7' } },
    registration: REGISTRATION,
    newId: () => `00000000-0000-4000-8000-${String((number += 1)).padStart(12, '0')}`,
  };
};

const statementsOf = ({ session, events }: Play): Statement[] => {
  const speaker = speakerOf(session.document);
  return events.flatMap((event) => statementOf(speaker, event) ?? []);
};

/** A learner who does one of everything; the statements are the examples of docs/statements.md, in this order. */
function exampleStatements(): Statement[] {
  const learner = play(smallCourse());
  const { session, wait } = learner;
  session.openLesson(PAGE);
  wait(20);
  session.moveTo(CHECK);
  wait(4);
  session.answerCheck(CHECK, false);
  session.completeLesson(PAGE);
  session.startScenario(SCENARIO);
  session.advance(SCENARIO);
  wait(12.5);
  session.choose(SCENARIO, course.APOLOGISE);
  session.beginAssessment(ASSESSMENT);
  wait(31);
  session.answerQuestion(ASSESSMENT, SINGLE, 'a');
  session.answerQuestion(ASSESSMENT, MULTIPLE, ['a']);
  session.submitAssessment(ASSESSMENT);
  wait(5);
  session.terminate();
  return statementsOf(learner);
}

const verbsOf = (statements: readonly Statement[]) => statements.map(({ verb }) => verb.display['en']);

describe('the statements of a learner who does one of everything', () => {
  it('come in the order in which things happened', () => {
    expect(verbsOf(exampleStatements())).toEqual([
      'initialized',
      'experienced',
      'answered',
      'completed',
      'progressed',
      'responded',
      'scored',
      'completed',
      'progressed',
      'answered',
      'answered',
      'scored',
      'completed',
      'progressed',
      'scored',
      'passed',
      'completed',
      'terminated',
    ]);
  });

  it('are those of docs/statements.md', async () => {
    const text = await readFile(new URL('../../docs/statements.md', import.meta.url), 'utf8');
    const documented = [...text.matchAll(/```json\n(.*?)```/gs)].map(
      ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
    );
    const told = JSON.parse(JSON.stringify(exampleStatements())) as unknown[];
    expect(documented.length).toBeGreaterThanOrEqual(12);
    for (const example of documented) expect(told).toContainEqual(expect.objectContaining(example));
    const verbs = (statements: readonly unknown[]) => new Set(verbsOf(statements as Statement[]));
    expect([...verbs(told)].filter((verb) => verb !== 'failed' && !verbs(documented).has(verb))).toEqual([]);
  });

  it('belong to one registration and one course, and have each its own id', () => {
    const statements = exampleStatements();
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
    for (const { context, object } of statements) {
      expect(context.registration).toBe(REGISTRATION);
      expect(context.contextActivities.grouping).toEqual([
        { objectType: 'Activity', id: `urn:lectern:course:${course.id(9)}` },
      ]);
      expect(object.id).toMatch(/^urn:lectern:course:[\da-f-]{36}(:element:[\da-f-]{36})?$/);
    }
  });
});

describe('the statements of any learner in any course', () => {
  it('are valid xAPI 1.0.3, as our own LRS judges it', () => {
    fc.assert(
      fc.property(randomCourse, fc.integer(), (document, seed) => {
        const learner = play(document);
        const dice = diceOf(seed);
        for (let action = 0; action < 60; action += 1) {
          learner.wait(dice() * 4_000);
          randomAction(dice, learner.session);
        }
        for (const statement of statementsOf(learner)) {
          expect([...validateStatement(JSON.parse(JSON.stringify(statement)), '1.0.3')]).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a duration', () => {
  it.each([
    [0, 'PT0S'],
    [0.004, 'PT0S'],
    [12.345, 'PT12.35S'],
    [60, 'PT1M'],
    [59.999, 'PT1M'],
    [3_600, 'PT1H'],
    [3_725.5, 'PT1H2M5.5S'],
    [360_000, 'PT100H'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(isoDuration(seconds)).toBe(text);
  });

  it('always has the form of ISO 8601 with at most two decimals', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (seconds) => {
        expect(isoDuration(seconds)).toMatch(/^PT(?=\d)(\d+H)?([1-5]?\dM)?([1-5]?\d(\.\d{1,2})?S)?$/);
      }),
    );
  });
});

describe('the words of a rich text', () => {
  it.each([
    ['<p>One</p><p>two</p>', 'One two'],
    ['<p>in<em>side</em> a word</p>', 'inside a word'],
    ['<ul><li>a</li><li>b</li></ul>', 'a b'],
    ['1 &lt; 2 &amp;&amp; &quot;x&quot; &#39;y&#x27; &unknown;', '1 < 2 && "x" \'y\' &unknown;'],
    ['a<br>b&nbsp;c', 'a b c'],
  ])('of %j are %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it('are cut at a whole character', () => {
    expect(shortened('short', 5)).toBe('short');
    expect(shortened('😀😀😀😀', 3)).toBe('😀😀…');
  });
});
