import { EXTENSIONS } from '../../../exporters/index.js';
import type { Decision, ScenarioRun } from '../learner-record.js';
import { countIn, durationOf, percentOf, resultExtension, says, secondsIn, textIn, variablesIn } from './event.js';
import type { CourseEvent } from './event.js';

/** A run of a scenario: which lesson, and which time. */
interface LessonRun {
  readonly lessonId: string;
  readonly run: number;
}

export interface RunDecision extends LessonRun {
  readonly decision: Decision;
}

export interface RunEnding extends LessonRun {
  readonly ending: Pick<ScenarioRun, 'endingId' | 'outcome' | 'score' | 'variables' | 'endedAt'>;
}

/** The ways through the scenarios, by lesson and run; decisions and endings are in the order of time, the last ending counts. */
export function scenarioRunsOf(decisions: readonly RunDecision[], endings: readonly RunEnding[]): ScenarioRun[] {
  const runs = new Map<string, ScenarioRun>();
  const change = ({ lessonId, run }: LessonRun, more: (run: ScenarioRun) => Partial<ScenarioRun>) => {
    const key = JSON.stringify([lessonId, run]);
    const known = runs.get(key) ?? begun(lessonId, run);
    runs.set(key, { ...known, ...more(known) });
  };
  for (const { decision, ...of } of decisions) change(of, (run) => ({ decisions: [...run.decisions, decision] }));
  for (const { ending, ...of } of endings) change(of, () => ending);
  return [...runs.values()].sort((one, other) => one.lessonId.localeCompare(other.lessonId) || one.run - other.run);
}

const begun = (lessonId: string, run: number): ScenarioRun => ({
  lessonId,
  run,
  decisions: [],
  endingId: undefined,
  outcome: undefined,
  score: undefined,
  variables: undefined,
  endedAt: undefined,
});

export function decisionIn(event: CourseEvent): RunDecision | undefined {
  const run = countIn(resultExtension(event, EXTENSIONS.run));
  const { statementId, elementId: nodeId, parentId: lessonId, at } = event;
  if (!says(event, 'responded') || nodeId === undefined || lessonId === undefined || run === undefined)
    return undefined;
  const decision = {
    statementId,
    nodeId,
    choiceId: textIn(resultExtension(event, EXTENSIONS.choice)),
    variablesBefore: variablesIn(resultExtension(event, EXTENSIONS.variablesBefore)),
    variablesAfter: variablesIn(resultExtension(event, EXTENSIONS.variablesAfter)),
    seconds: secondsIn(resultExtension(event, EXTENSIONS.seconds)) ?? durationOf(event),
    decidedAt: at,
  };
  return { lessonId, run, decision };
}

export function endingIn(event: CourseEvent): RunEnding | undefined {
  const run = countIn(resultExtension(event, EXTENSIONS.run));
  const { elementId: lessonId, at } = event;
  if (!says(event, 'scored') || lessonId === undefined || run === undefined) return undefined;
  const ending = {
    endingId: textIn(resultExtension(event, EXTENSIONS.ending)),
    outcome: textIn(resultExtension(event, EXTENSIONS.outcome)),
    score: percentOf(event),
    variables: variablesIn(resultExtension(event, EXTENSIONS.variables)),
    endedAt: at,
  };
  return { lessonId, run, ending };
}
