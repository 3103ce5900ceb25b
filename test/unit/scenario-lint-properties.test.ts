import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Scenario } from '../../exporters/document/index.js';
import { approximate } from '../../modules/scenarios/graph/approximate.js';
import { explore } from '../../modules/scenarios/graph/explore.js';
import { lintScenario, type ScenarioProblem } from '../../modules/scenarios/index.js';
import { playByHand, scoreOfCrowd } from '../support/play-by-hand.js';
import { add, boolean, choice, decision, edge, ending, number, scene, set, when } from '../support/scenarios.js';

const OPERATORS = ['EQUAL', 'NOT_EQUAL', 'LESS', 'LESS_OR_EQUAL', 'GREATER', 'GREATER_OR_EQUAL'] as const;

const condition = fc.oneof(
  fc
    .record({ operator: fc.constantFrom(...OPERATORS), value: fc.integer({ min: -1, max: 4 }) })
    .map(({ operator, value }) => when('trust', operator, value)),
  fc
    .record({ operator: fc.constantFrom(...OPERATORS), value: fc.boolean() })
    .map(({ operator, value }) => when('calm', operator, value)),
);
const guard = fc
  .record({
    match: fc.constantFrom('ALL' as const, 'ANY' as const),
    parts: fc.array(condition, { minLength: 1, maxLength: 2 }),
  })
  .map(({ match, parts }) => ({ match, conditions: parts.flatMap(({ conditions }) => conditions) }));
const effect = fc.oneof(
  fc.integer({ min: -2, max: 2 }).map((value) => add('trust', value)),
  fc.boolean().map((value) => set('calm', value)),
);

const exit = (targets: number) =>
  fc.record(
    {
      target: fc.nat({ max: targets - 1 }).map((place) => `n${place}`),
      guard,
      effects: fc.array(effect, { maxLength: 2 }),
    },
    { requiredKeys: ['target'] },
  );

const scenarios: fc.Arbitrary<Scenario> = fc.integer({ min: 1, max: 6 }).chain((size) => {
  const exits = fc.array(exit(size), { maxLength: 3 });
  const kind = fc.oneof(
    exits.map((list) => (id: string) => decision(id, ...list.map(({ target, ...rest }) => choice(target, rest)))),
    exits.map((list) => (id: string) => scene(id, ...list.map(({ target, ...rest }) => edge(target, rest)))),
    fc.integer({ min: 0, max: 100 }).map((score) => (id: string) => ending(id, score)),
  );
  return fc.array(kind, { minLength: size, maxLength: size }).map((makers) => ({
    variables: [number('trust', 1, 0, 3), boolean('calm')],
    nodes: makers.map((make, place) => make(`n${place}`)),
  }));
});

const elementsWith = (problems: readonly ScenarioProblem[], code: string) =>
  new Set(problems.filter((problem) => problem.code === code).map(({ elementId }) => elementId));

const RUNS = { numRuns: 400 };

describe('the linter, on random scenarios', () => {
  it('finds what playing every way by hand finds', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const byHand = playByHand(scenario);
        const { exact, problems, score, paths } = lintScenario(scenario);
        expect(exact).toBe(true);
        expect(elementsWith(problems, 'UNREACHABLE_NODE')).toEqual(byHand.unreachable);
        expect(elementsWith(problems, 'DEAD_END')).toEqual(byHand.stuck);
        expect(elementsWith(problems, 'GUARD_NEVER_HOLDS')).toEqual(byHand.neverOpen);
        expect(elementsWith(problems, 'LOOP_WITHOUT_EXIT').size > 0).toBe(byHand.isEndless);
        expect(elementsWith(problems, 'NO_ENDING').size > 0).toBe(byHand.minimum === undefined);
        expect({ minimum: score.minimum, maximum: score.maximum }).toEqual({
          minimum: byHand.minimum,
          maximum: byHand.maximum,
        });
        expect(paths).toEqual({ count: byHand.paths, capped: false });
      }),
      RUNS,
    );
  });

  it('expects the score that a crowd choosing at random gets', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const expected = scoreOfCrowd(scenario);
        const { score } = lintScenario(scenario);
        if (expected === undefined) expect(score.expected).toBeUndefined();
        else expect(score.expected).toBeCloseTo(expected, 4);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves nothing out when it approximates', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const known = approximate(scenario);
        const reached = new Set(known.situations.map(({ node }) => node.id));
        const ways = new Set(known.situations.flatMap((situation) => situation.ways.map(({ exit: { id } }) => id)));
        for (const situation of explore(scenario)?.situations ?? []) {
          expect(reached).toContain(situation.node.id);
          for (const way of situation.ways) expect(ways).toContain(way.exit.id);
        }
      }),
      RUNS,
    );
  });
});

// Work rather than time: the machine may have other things to do.
const secondsOfWork = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
};

describe('the linter, on hostile scenarios', () => {
  // Every exit counts another variable up: the situations are more than the atoms of a house.
  const wide = (size: number, exits: number): Scenario => ({
    variables: Array.from({ length: 30 }, (_, place) => number(`v${place}`, 0, -1_000, 1_000)),
    nodes: [
      ...Array.from({ length: size }, (_, place) =>
        decision(
          `n${place}`,
          ...Array.from({ length: exits }, (_exit, index) =>
            choice(index === 0 && place === size - 1 ? 'end' : `n${(place * 7 + index * 13 + 1) % size}`, {
              guard: {
                match: 'ANY',
                conditions: Array.from(
                  { length: 10 },
                  (_one, nth) => when(`v${(place + nth) % 30}`, 'LESS', 900).conditions,
                ).flat(),
              },
              effects: Array.from({ length: 10 }, (_one, nth) => add(`v${(place + index + nth) % 30}`, nth - 4)),
            }),
          ),
        ),
      ),
      ending('end', 70),
    ],
  });

  it('answers within seconds about 300 nodes with 12 exits each and 30 wide variables, and says that it is no exact answer', () => {
    const before = process.cpuUsage();
    const report = lintScenario(wide(300, 12));
    expect(secondsOfWork(before)).toBeLessThan(5);
    expect(report).toMatchObject({ exact: false, problems: [], score: { minimum: 70, maximum: 70 } });
    expect(report.paths).toBeUndefined();
    expect(report.score.expected).toBeUndefined();
  });

  it('still sees in an approximation what nobody can reach and what can never be left', () => {
    const { variables, nodes } = wide(40, 12);
    const trap = scene('trap', edge('trap'));
    const [first, ...others] = nodes;
    if (first === undefined) throw new Error('The scenario has no first node.');
    const intoTrap = decision(
      'intro',
      choice(first.id),
      choice('trap'),
      choice('vault', { guard: when('v0', 'GREATER', 0) }),
    );
    const report = lintScenario({ variables, nodes: [intoTrap, first, ...others, trap, scene('vault', edge('end'))] });
    expect(report.exact).toBe(false);
    expect(report.problems.map(({ code, elementId }) => `${code} ${elementId ?? ''}`)).toEqual([
      'LOOP_WITHOUT_EXIT trap',
      'GUARD_NEVER_HOLDS intro-vault-2',
      'UNREACHABLE_NODE vault',
    ]);
  });

  it('stops counting paths where loops let them grow beyond bounds', () => {
    const size = 60;
    const everywhere = Array.from({ length: size }, (_, place) =>
      decision(
        `n${place}`,
        ...Array.from({ length: 11 }, (_one, index) => choice(`n${(place + index + 1) % size}`)),
        choice('end'),
      ),
    );
    const before = process.cpuUsage();
    const report = lintScenario({ variables: [], nodes: [...everywhere, ending('end', 40)] });
    expect(secondsOfWork(before)).toBeLessThan(5);
    expect(report).toMatchObject({ exact: true, paths: { capped: true }, score: { minimum: 40, maximum: 40 } });
    expect(report.score.expected).toBeCloseTo(40, 6);
    expect(report.readingSeconds.maximum).toBeUndefined();
  });
});
