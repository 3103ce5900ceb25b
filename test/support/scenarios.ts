/** Small scenarios, written the way one would sketch them on paper. */
import type { Choice, Edge, Effect, Guard, Scenario, ScenarioNode } from '../../exporters/document/index.js';

type Condition = Guard['conditions'][number];
type NodeOf<K extends ScenarioNode['kind']> = Extract<ScenarioNode, { kind: K }>;
type Extras = Partial<Pick<Choice, 'guard' | 'effects' | 'feedback' | 'text'>>;

export const number = (id: string, initial = 0, minimum = 0, maximum = 10): Scenario['variables'][number] => ({
  kind: 'number',
  id,
  name: id,
  minimum,
  maximum,
  initial,
});

export const boolean = (id: string, initial = false): Scenario['variables'][number] => ({
  kind: 'boolean',
  id,
  name: id,
  initial,
});

export const when = (variable: string, operator: Condition['operator'], value: number | boolean): Guard => ({
  match: 'ALL',
  conditions: [{ variable, operator, ...(typeof value === 'number' ? { number: value } : { boolean: value }) }],
});

export const add = (variable: string, value: number): Effect => ({ variable, operation: 'ADD', number: value });

export const set = (variable: string, value: boolean): Effect => ({ variable, operation: 'SET', boolean: value });

/** A choice; in a decision its id becomes `<node>-<target>-<place>`. */
export const choice = (target: string, extras: Extras = {}): Omit<Choice, 'id'> => ({
  kind: 'choice',
  target,
  text: `To ${target}`,
  feedback: 'So it goes.',
  ...extras,
});

export const edge = (target: string, extras: Pick<Extras, 'guard' | 'effects'> = {}): Omit<Edge, 'id'> => ({
  kind: 'edge',
  target,
  ...extras,
});

export function decision(id: string, ...choices: Omit<Choice, 'id'>[]): NodeOf<'decision'> {
  const identified = choices.map((one, place) => ({ ...one, id: `${id}-${one.target}-${place}` }));
  return { kind: 'decision', id, prompt: 'What do you do?', choices: identified, edges: [] };
}

export function scene(id: string, ...edges: Omit<Edge, 'id'>[]): NodeOf<'scene'> {
  const identified = edges.map((one, place) => ({ ...one, id: `${id}-${one.target}-${place}` }));
  return { kind: 'scene', id, body: 'Something happens.', choices: [], edges: identified };
}

export const ending = (id: string, score: number): NodeOf<'ending'> => ({
  kind: 'ending',
  id,
  title: `Ending ${id}`,
  outcome: score >= 80 ? 'GOOD' : score >= 50 ? 'ACCEPTABLE' : 'POOR',
  score,
  body: 'It is over.',
  choices: [],
  edges: [],
});
