import { describe, expect, it } from '@jest/globals';
import { packState, unpackState } from '../../exporters/player/state/suspend-data.js';
import { play } from '../support/courses/play.js';
import {
  APOLOGISE,
  ARGUE,
  DECISION,
  GOOD_END,
  POOR_END,
  SCENARIO,
  SCENE,
  TRUST,
  WAIT,
  scenario,
  smallCourse,
} from '../support/courses/small-course.js';

const document = smallCourse({ lessons: [scenario] });

describe('a run through a scenario', () => {
  it('begins with its introduction, then goes from node to node', () => {
    const { session } = play(document);
    expect(session.scenario(SCENARIO)).toMatchObject({ phase: 'introduction', run: 0, steps: [] });
    session.startScenario(SCENARIO);
    expect(session.scenario(SCENARIO)).toMatchObject({ phase: 'running', run: 1, mayAdvance: true, choices: [] });
    session.advance(SCENARIO);
    const view = session.scenario(SCENARIO);
    expect(view?.steps.map(({ node }) => node.id)).toEqual([SCENE, DECISION]);
    expect(view?.mayAdvance).toBe(false);
    expect(view?.meters).toMatchObject([{ value: 50, variable: { name: 'Trust' } }]);
  });

  it('offers only the choices whose guard holds', () => {
    const { session } = play(document);
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    expect(session.scenario(SCENARIO)?.choices.map(({ id }) => id)).toEqual([APOLOGISE, WAIT]);
    expect(session.choose(SCENARIO, ARGUE)).toBe(false);
    session.choose(SCENARIO, WAIT);
    session.advance(SCENARIO);
    expect(session.scenario(SCENARIO)?.choices.map(({ id }) => id)).toEqual([APOLOGISE, ARGUE, WAIT]);
  });

  it('tells each decision with what changed and how long it took', () => {
    const { session, wait, happened } = play(document);
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    wait(12.5);
    session.choose(SCENARIO, APOLOGISE);
    expect(happened('decisionMade')).toMatchObject([
      { run: 1, node: DECISION, choice: APOLOGISE, before: { [TRUST]: 50 }, after: { [TRUST]: 80 }, seconds: 12.5 },
    ]);
    expect(session.scenario(SCENARIO)?.steps[1]).toMatchObject({
      variables: { [TRUST]: 50 },
      variablesAfter: { [TRUST]: 80 },
      exit: { id: APOLOGISE },
    });
  });

  it('completes the lesson at any ending, and keeps every ending and the best score', () => {
    const { session, happened } = play(document);
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    session.choose(SCENARIO, WAIT);
    session.advance(SCENARIO);
    session.choose(SCENARIO, ARGUE);
    expect(happened('scenarioEnded')).toMatchObject([
      { run: 1, node: POOR_END, score: 20, variables: { [TRUST]: 30 } },
    ]);
    expect(session.lessonStatus(SCENARIO)).toBe('complete');
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    session.choose(SCENARIO, APOLOGISE);
    expect(session.scenario(SCENARIO)).toMatchObject({
      phase: 'ended',
      run: 2,
      endings: [GOOD_END, POOR_END],
      best: 90,
    });
    expect(happened('lessonCompleted')).toHaveLength(1);
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    session.choose(SCENARIO, WAIT);
    session.advance(SCENARIO);
    session.choose(SCENARIO, ARGUE);
    expect(session.scenario(SCENARIO)).toMatchObject({ run: 3, best: 90 });
  });

  it('is resumed at its node, with its variables and the way there', () => {
    const { session } = play(document);
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    session.choose(SCENARIO, WAIT);
    const before = session.scenario(SCENARIO);
    const resumed = play(document, unpackState(document, packState(document, session.state)));
    expect(resumed.session.scenario(SCENARIO)).toEqual(before);
    expect(resumed.session.advance(SCENARIO)).toBe(true);
  });

  it('keeps the last steps of a learner who goes round and round, and still knows the variables', () => {
    const { session } = play(document);
    session.startScenario(SCENARIO);
    for (let round = 0; round < 100; round += 1) {
      session.advance(SCENARIO);
      session.choose(SCENARIO, WAIT);
    }
    const view = session.scenario(SCENARIO);
    expect(view?.shortened).toBe(true);
    expect(view?.meters[0]?.value).toBe(0);
    const resumed = play(document, unpackState(document, packState(document, session.state)));
    expect(resumed.session.scenario(SCENARIO)).toEqual(view);
  });
});
