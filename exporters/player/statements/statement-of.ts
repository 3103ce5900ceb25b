/** The player's xAPI vocabulary: which statement each event of a session makes. Pure; documented in docs/statements.md. */
import { interactionOf } from '../../document/questions/rules.js';
import type { Question } from '../../document/tree.js';
import type { SessionEvent, SessionEventKind, SessionEventOf } from '../session/events.js';
import type { CourseIndex } from '../state/course-index.js';
import { courseActivity, decisionActivity, lessonActivity, questionActivity, reference } from './activities.js';
import { isoDuration } from './duration.js';
import { responseText } from './interaction-definition.js';
import type { Activity, Actor, Result, Score, Statement } from './statement.js';
import { EXTENSIONS, verbOf, type VerbWord } from './vocabulary.js';

/** What every statement of one launch has in common. */
export interface Speaker {
  readonly index: CourseIndex;
  readonly actor: Actor;
  readonly registration: string;
  /** Makes a UUID; a statement keeps its id however often it is sent. */
  readonly newId: () => string;
}

/** What a statement says beyond who, when and in which course. `parent` is left out for the course itself. */
interface Saying {
  verb: VerbWord;
  object: Activity;
  parent?: Activity;
  result?: Result;
}

type Answered = SessionEventOf<'questionAnswered'> | SessionEventOf<'checkAnswered'>;

const scoreOf = (percent: number | undefined): { score?: Score } =>
  percent === undefined ? {} : { score: { scaled: roundedTo(percent / 100, 4), raw: percent, min: 0, max: 100 } };

const roundedTo = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

function answerOf(question: Question, event: Answered, attempt: number): Result {
  const counts = event.grade.result !== 'neutral';
  return {
    response: responseText(interactionOf(question, event.response)),
    ...(counts
      ? { success: event.grade.result === 'correct', score: { scaled: roundedTo(event.grade.score, 4) } }
      : {}),
    ...(event.seconds === undefined ? {} : { duration: isoDuration(event.seconds) }),
    extensions: { [EXTENSIONS.attempt]: attempt },
  };
}

type Said<K extends SessionEventKind> = (index: CourseIndex, event: SessionEventOf<K>) => Saying | undefined;

const ofLesson = (index: CourseIndex, id: string): Activity | undefined => {
  const lesson = index.lesson(id);
  return lesson && lessonActivity(index.document, lesson);
};

function answered(
  index: CourseIndex,
  event: Answered,
  question: Question | undefined,
  attempt: number,
): Saying | undefined {
  const lesson = question && index.lessonOf(question.id);
  if (question === undefined || lesson === undefined) return undefined;
  return {
    verb: 'answered',
    object: questionActivity(index.document, question, interactionOf(question, event.response)),
    parent: lessonActivity(index.document, lesson),
    result: answerOf(question, event, attempt),
  };
}

function aboutLesson(index: CourseIndex, id: string, verb: VerbWord, result?: Result): Saying | undefined {
  const object = ofLesson(index, id);
  return (
    object && { verb, object, parent: courseActivity(index.document), ...(result === undefined ? {} : { result }) }
  );
}

function decision(index: CourseIndex, event: SessionEventOf<'decisionMade'>): Saying | undefined {
  const scenario = index.scenario(event.lesson);
  const node = scenario?.nodes.find(({ id }) => id === event.node);
  if (scenario === undefined || node?.kind !== 'decision') return undefined;
  return {
    verb: 'responded',
    object: decisionActivity(index.document, node),
    parent: lessonActivity(index.document, scenario),
    result: {
      response: event.choice,
      duration: isoDuration(event.seconds),
      extensions: {
        [EXTENSIONS.run]: event.run,
        [EXTENSIONS.node]: event.node,
        [EXTENSIONS.choice]: event.choice,
        [EXTENSIONS.variablesBefore]: event.before,
        [EXTENSIONS.variablesAfter]: event.after,
        [EXTENSIONS.seconds]: roundedTo(event.seconds, 2),
      },
    },
  };
}

function ending(index: CourseIndex, event: SessionEventOf<'scenarioEnded'>): Saying | undefined {
  const node = index.scenario(event.lesson)?.nodes.find(({ id }) => id === event.node);
  if (node?.kind !== 'ending') return undefined;
  return aboutLesson(index, event.lesson, 'scored', {
    ...scoreOf(event.score),
    extensions: {
      [EXTENSIONS.run]: event.run,
      [EXTENSIONS.ending]: event.node,
      [EXTENSIONS.outcome]: node.outcome,
      [EXTENSIONS.variables]: event.variables,
    },
  });
}

const aboutCourse = (index: CourseIndex, verb: VerbWord, result?: Result): Saying => ({
  verb,
  object: courseActivity(index.document),
  ...(result === undefined ? {} : { result }),
});

const said: { [K in SessionEventKind]?: Said<K> } = {
  initialized: (index) => aboutCourse(index, 'initialized'),
  lessonOpened: (index, { lesson }) => aboutLesson(index, lesson, 'experienced'),
  checkAnswered: (index, event) => answered(index, event, index.checkQuestion(event.block), event.tries),
  questionAnswered: (index, event) => answered(index, event, index.question(event.question), event.attempt),
  decisionMade: decision,
  scenarioEnded: ending,
  assessmentFinished: (index, { lesson, attempt, score, passed, timeUp }) =>
    aboutLesson(index, lesson, 'scored', {
      ...scoreOf(score),
      success: passed,
      extensions: { [EXTENSIONS.attempt]: attempt, [EXTENSIONS.timeUp]: timeUp },
    }),
  lessonCompleted: (index, { lesson }) => aboutLesson(index, lesson, 'completed', { completion: true }),
  progressed: (index, { share }) =>
    aboutCourse(index, 'progressed', { extensions: { [EXTENSIONS.progress]: Math.round(share * 100) } }),
  courseScored: (index, { score }) => aboutCourse(index, 'scored', scoreOf(score)),
  courseCompleted: (index, { score, secondsSpent }) =>
    aboutCourse(index, 'completed', { completion: true, duration: isoDuration(secondsSpent), ...scoreOf(score) }),
  coursePassed: (index, { score, secondsSpent }) =>
    aboutCourse(index, 'passed', { success: true, duration: isoDuration(secondsSpent), ...scoreOf(score) }),
  courseFailed: (index, { score, secondsSpent }) =>
    aboutCourse(index, 'failed', { success: false, duration: isoDuration(secondsSpent), ...scoreOf(score) }),
  terminated: (index, { seconds, complete }) =>
    aboutCourse(index, 'terminated', { duration: isoDuration(seconds), completion: complete }),
};

/** The statement that an event makes; undefined where it makes none. */
export function statementOf(speaker: Speaker, event: SessionEvent): Statement | undefined {
  const { index, actor, registration, newId } = speaker;
  // The table pairs each kind with its own event; the compiler cannot see that this event is of that very kind.
  const say = said[event.kind] as ((index: CourseIndex, event: SessionEvent) => Saying | undefined) | undefined;
  const saying = say?.(index, event);
  if (saying === undefined) return undefined;
  const { verb, object, parent, result } = saying;
  return {
    id: newId(),
    actor,
    verb: verbOf(verb),
    object,
    ...(result === undefined ? {} : { result }),
    context: {
      registration,
      contextActivities: {
        ...(parent === undefined ? {} : { parent: [reference(parent)] }),
        grouping: [reference(courseActivity(index.document))],
      },
      revision: String(index.document.version),
      language: index.document.language,
      extensions: { [EXTENSIONS.secondsSpent]: roundedTo(event.secondsSpent, 2) },
    },
    timestamp: new Date(event.at).toISOString(),
  };
}
