/** The activities that statements are about: the course, its lessons, its questions and decisions. */
import type { CourseDocument } from '../../document/course-document.js';
import type { Interaction } from '../../document/questions/question-rules.js';
import type { Lesson, Question, ScenarioNode } from '../../document/tree.js';
import { interactionFields } from './interaction-definition.js';
import { plainText, shortened } from './plain-text.js';
import type { Activity, ActivityDefinition } from './statement.js';
import { ACTIVITY_TYPES, courseActivityId, elementActivityId } from './vocabulary.js';

const NAME_LENGTH = 120;

const activity = (id: string, definition: ActivityDefinition): Activity => ({ objectType: 'Activity', id, definition });

const described = (document: CourseDocument, summary: string | undefined) =>
  summary === undefined ? {} : { description: { [document.language]: plainText(summary) } };

export const courseActivity = (document: CourseDocument): Activity =>
  activity(courseActivityId(document.id), {
    type: ACTIVITY_TYPES.course,
    name: { [document.language]: document.title },
    ...described(document, document.summary),
  });

export const lessonActivity = (document: CourseDocument, lesson: Lesson): Activity =>
  activity(elementActivityId(document.id, lesson.id), {
    type: ACTIVITY_TYPES[lesson.kind],
    name: { [document.language]: lesson.title },
    ...described(document, lesson.summary),
  });

function prompted(document: CourseDocument, prompt: string): Pick<ActivityDefinition, 'type' | 'name' | 'description'> {
  const text = plainText(prompt);
  return {
    type: ACTIVITY_TYPES.interaction,
    name: { [document.language]: shortened(text, NAME_LENGTH) },
    description: { [document.language]: text },
  };
}

export const questionActivity = (document: CourseDocument, question: Question, interaction: Interaction): Activity =>
  activity(elementActivityId(document.id, question.id), {
    ...prompted(document, question.prompt),
    ...interactionFields(interaction, document.language),
  });

/** An activity as contexts name it. */
export const reference = ({ id }: Activity): Activity => ({ objectType: 'Activity', id });

/** A decision is a choice of which none is right or wrong by itself: its definition has no correct pattern. */
export const decisionActivity = (document: CourseDocument, node: ScenarioNode & { kind: 'decision' }): Activity =>
  activity(elementActivityId(document.id, node.id), {
    ...prompted(document, node.prompt),
    interactionType: 'choice',
    choices: node.choices.map(({ id, text }) => ({ id, description: { [document.language]: text } })),
  });
