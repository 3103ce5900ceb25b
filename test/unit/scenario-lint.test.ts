import { describe, expect, it } from '@jest/globals';
import type { Scenario } from '../../exporters/document/index.js';
import { lintScenario } from '../../modules/scenarios/index.js';
import { add, boolean, choice, decision, edge, ending, number, scene, set, when } from '../support/scenarios.js';

const scenarioOf = (nodes: Scenario['nodes'], variables: Scenario['variables'] = []): Scenario => ({
  nodes,
  variables,
});

const problemsOf = (scenario: Scenario) =>
  lintScenario(scenario).problems.map(({ code, elementId }) =>
    elementId === undefined ? code : `${code} ${elementId}`,
  );

describe('the problems of a scenario', () => {
  it('has none to report about a scenario that can be played to its end', () => {
    const sound = scenarioOf([
      scene('start', edge('ask')),
      decision('ask', choice('well'), choice('badly')),
      ending('well', 100),
      ending('badly', 0),
    ]);
    expect(lintScenario(sound)).toMatchObject({ exact: true, problems: [] });
  });

  it('names a node that no way leads to', () => {
    expect(
      problemsOf(scenarioOf([scene('start', edge('end')), scene('lost', edge('end')), ending('end', 50)])),
    ).toEqual(['UNREACHABLE_NODE lost']);
  });

  it('counts a node as unreachable when only guards that never hold lead to it', () => {
    const secret = decision('start', choice('end'), choice('secret', { guard: when('trust', 'GREATER', 5) }));
    expect(problemsOf(scenarioOf([secret, ending('end', 50), ending('secret', 100)], [number('trust')]))).toEqual([
      'GUARD_NEVER_HOLDS start-secret-1',
      'UNREACHABLE_NODE secret',
    ]);
  });

  it('finds a dead end that only some ways run into, and shows such a way', () => {
    const scenario = scenarioOf(
      [
        decision('first', choice('gate', { effects: [set('key', true)] }), choice('gate')),
        scene('gate', edge('end', { guard: when('key', 'EQUAL', true) })),
        ending('end', 100),
      ],
      [boolean('key')],
    );
    expect(lintScenario(scenario).problems).toEqual([
      expect.objectContaining({
        code: 'DEAD_END',
        severity: 'ERROR',
        elementId: 'gate',
        path: ['nodes', '1'],
        trail: ['first-gate-1'],
      }),
    ]);
  });

  it('finds a loop that can never be left, and none where a way out opens in time', () => {
    const waiting = (out: number) =>
      scenarioOf(
        [
          decision(
            'wait',
            choice('wait', { effects: [add('hours', 1)] }),
            choice('end', { guard: when('hours', 'GREATER_OR_EQUAL', out) }),
          ),
          ending('end', 10),
        ],
        [number('hours', 0, 0, 3)],
      );
    expect(problemsOf(waiting(2))).toEqual([]);
    expect(problemsOf(waiting(4))).toEqual([
      'NO_ENDING',
      'LOOP_WITHOUT_EXIT wait',
      'GUARD_NEVER_HOLDS wait-end-1',
      'UNREACHABLE_NODE end',
    ]);
  });

  it('finds a loop that a learner can get into although others reach an ending', () => {
    const scenario = scenarioOf([
      decision('start', choice('end'), choice('ping')),
      scene('ping', edge('pong')),
      scene('pong', edge('ping')),
      ending('end', 100),
    ]);
    expect(problemsOf(scenario)).toEqual(['LOOP_WITHOUT_EXIT ping']);
  });

  it('finds a node that leads to itself only', () => {
    expect(problemsOf(scenarioOf([scene('start', edge('start'))]))).toEqual(['NO_ENDING', 'LOOP_WITHOUT_EXIT start']);
  });

  it('finds an edge that always comes after one that is taken', () => {
    const late = scene('start', edge('end'), edge('other', { guard: when('trust', 'EQUAL', 0) }));
    expect(problemsOf(scenarioOf([late, ending('end', 1), ending('other', 2)], [number('trust')]))).toEqual([
      'EDGE_NEVER_TAKEN start-other-1',
      'UNREACHABLE_NODE other',
    ]);
  });

  it('names targets and variables that do not exist, and does not call that a dead end', () => {
    const broken = scene(
      'start',
      edge('nowhere', { guard: when('ghost', 'NOT_EQUAL', 1), effects: [add('ghost', 1)] }),
      edge('gone'),
    );
    expect(problemsOf(scenarioOf([broken, ending('end', 1)]))).toEqual([
      'UNKNOWN_VARIABLE start-nowhere-0',
      'UNKNOWN_VARIABLE start-nowhere-0',
      'DANGLING_TARGET start-nowhere-0',
      'DANGLING_TARGET start-gone-1',
      'NO_ENDING',
      'GUARD_NEVER_HOLDS start-nowhere-0',
      'UNREACHABLE_NODE end',
    ]);
  });

  it('names values of the wrong type', () => {
    const guard = when('calm', 'EQUAL', 1);
    const mixed = decision('start', choice('end', { guard }), choice('end', { effects: [set('trust', true)] }));
    expect(problemsOf(scenarioOf([mixed, ending('end', 1)], [boolean('calm'), number('trust')]))).toEqual([
      'MISMATCHED_VALUE start-end-0',
      'MISMATCHED_VALUE start-end-1',
      'GUARD_NEVER_HOLDS start-end-0',
    ]);
  });

  it('names choices without feedback and exits of the wrong kind', () => {
    const silent = decision('start', choice('end', { feedback: ' ' }), choice('end'));
    const over = { ...ending('end', 1), edges: scene('end', edge('start')).edges };
    expect(problemsOf(scenarioOf([silent, over]))).toEqual([
      'MISSING_FEEDBACK start-end-0',
      'IGNORED_EXIT end-start-0',
    ]);
  });

  it('says that a scenario without nodes has no ending', () => {
    expect(lintScenario(scenarioOf([]))).toMatchObject({
      exact: true,
      problems: [{ code: 'NO_ENDING', path: [] }],
      score: {},
      paths: { count: 0, capped: false },
    });
  });
});

describe('the bias of choices', () => {
  const quiz = (...texts: [right: string, wrong: string, rightFirst: boolean][]) =>
    scenarioOf([
      ...texts.map(([right, wrong, rightFirst], place) => {
        const pair = [
          choice(place + 1 < texts.length ? `q${place + 1}` : 'good', { text: right }),
          choice('bad', { text: wrong }),
        ];
        return decision(`q${place}`, ...(rightFirst ? pair : pair.reverse()));
      }),
      ending('good', 100),
      ending('bad', 0),
    ]);

  it('warns when the best choice is always the longest', () => {
    const scenario = quiz(
      ['I listen first.', 'No.', true],
      ['I would ask.', 'Go.', false],
      ['I explain it.', 'Hm.', false],
    );
    expect(problemsOf(scenario)).toEqual(['LONGEST_IS_RIGHT']);
    expect(lintScenario(scenario).bias).toEqual({ decisions: 3, longestIsRight: 3, firstIsRight: 1 });
  });

  it('warns when the best choice is always the first', () => {
    expect(problemsOf(quiz(['Yes.', 'Never.', true], ['Ask.', 'Shout.', true], ['I wait.', 'Go.', true]))).toEqual([
      'FIRST_IS_RIGHT',
    ]);
  });

  it('sees no pattern where the best choice is now here, now there', () => {
    expect(
      problemsOf(quiz(['Yes.', 'Never.', true], ['I ask.', 'Go.', false], ['I wait.', 'Walk away.', true])),
    ).toEqual([]);
  });

  it('judges only decisions at which one choice is best', () => {
    const even = scenarioOf([decision('start', choice('a'), choice('b')), ending('a', 50), ending('b', 50)]);
    expect(lintScenario(even).bias).toEqual({ decisions: 0, longestIsRight: 0, firstIsRight: 0 });
  });
});

describe('the figures of a scenario', () => {
  it('gives the least, the greatest and the expected score', () => {
    const scenario = scenarioOf([
      decision('start', choice('good'), choice('next')),
      decision('next', choice('fair'), choice('poor')),
      ending('good', 100),
      ending('fair', 60),
      ending('poor', 10),
      ending('never', 0),
    ]);
    // Half of the plays end with 100, a quarter with 60, a quarter with 10.
    expect(lintScenario(scenario).score).toEqual({ minimum: 10, maximum: 100, expected: 67.5 });
  });

  it('expects the same score from a loop as from leaving it at once', () => {
    const scenario = scenarioOf([
      decision('start', choice('start'), choice('a'), choice('b')),
      ending('a', 80),
      ending('b', 20),
    ]);
    const { score, paths } = lintScenario(scenario);
    expect(score.expected).toBeCloseTo(50, 6);
    expect(paths).toEqual({ count: 2, capped: false });
  });

  it('counts the paths, and stops at a million', () => {
    const chain = (length: number) =>
      scenarioOf([
        ...Array.from({ length }, (_, place) =>
          decision(`d${place}`, choice(`d${place + 1}`), choice(`d${place + 1}`)),
        ),
        ending(`d${length}`, 100),
      ]);
    expect(lintScenario(chain(10)).paths).toEqual({ count: 1024, capped: false });
    expect(lintScenario(chain(40)).paths).toEqual({ count: 1_000_000, capped: true });
  });

  it('measures the shortest, the longest and the mean reading time at 200 words a minute', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    const told = (id: string, count: number, target: string) => ({ ...scene(id, edge(target)), body: words(count) });
    const scenario = scenarioOf([
      {
        ...decision(
          'start',
          choice('brief', { text: 'One.', feedback: words(9) }),
          choice('long', { text: 'Two.', feedback: words(9) }),
        ),
        prompt: words(89),
      },
      told('brief', 97, 'end'),
      told('long', 497, 'end'),
      { ...ending('end', 100), title: 'End', body: words(2) },
    ]);
    // 89 + 2 words at the decision, 9 of feedback, 3 at the end: 103 in common, that is 30.9 seconds.
    expect(lintScenario(scenario).readingSeconds).toEqual({
      minimum: expect.closeTo(30.9 + 97 * 0.3, 6),
      mean: expect.closeTo(30.9 + 297 * 0.3, 6),
      maximum: expect.closeTo(30.9 + 497 * 0.3, 6),
    });
  });
});
