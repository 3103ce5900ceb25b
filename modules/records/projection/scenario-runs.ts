import { EXTENSIONS } from '../../../exporters/index.js';
import type { Decision, ScenarioRun } from '../learner-record.js';
import { countIn, durationOf, percentOf, resultExtension, says, secondsIn, textIn, variablesIn } from './event.js';
import type { CourseEvent } from './event.js';

interface LessonRun {
  readonly lessonId: string;
  readonly run: number;
}

/** The ways through the scenarios, by lesson and run; the events are in the order of time. */
export function scenarioRunsOf(events: readonly CourseEvent[]): ScenarioRun[] {
  const runs = new Map<string, ScenarioRun>();
  const change = ({ lessonId, run }: LessonRun, more: (run: ScenarioRun) => Partial<ScenarioRun>) => {
    const key = JSON.stringify([lessonId, run]);
    const known = runs.get(key) ?? begun(lessonId, run);
    runs.set(key, { ...known, ...more(known) });
  };
  for (const event of events) {
    const made = decisionIn(event);
    if (made) change(made.of, ({ decisions }) => ({ decisions: [...decisions, made.decision] }));
    const ended = endingIn(event);
    if (ended) change(ended.of, () => ended.ending);
  }
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

function decisionIn(event: CourseEvent): { of: LessonRun; decision: Decision } | undefined {
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
  return { of: { lessonId, run }, decision };
}

function endingIn(event: CourseEvent): { of: LessonRun; ending: Partial<ScenarioRun> } | undefined {
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
  return { of: { lessonId, run }, ending };
}
