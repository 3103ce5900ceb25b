/** The neutral interaction in the words of xAPI: Data 2.4.4.1, "Interaction Activities", and its response formats. */
import type { Component, Interaction } from '../../document/questions/question-rules.js';
import type { ActivityDefinition, InteractionComponent } from './statement.js';
import { plainText } from './plain-text.js';

type InteractionFields = Pick<
  ActivityDefinition,
  'interactionType' | 'correctResponsesPattern' | 'choices' | 'scale' | 'source' | 'target'
>;

const pairs = (list: readonly (readonly [string, string])[]): string =>
  list.map((pair) => pair.join('[.]')).join('[,]');

const numberRange = (minimum: number, maximum: number): string =>
  minimum === maximum ? String(minimum) : `${minimum}[:]${maximum}`;

/** The learner's answer as `result.response`. */
export function responseText(interaction: Interaction): string {
  switch (interaction.type) {
    case 'choice':
    case 'sequencing':
      return interaction.response.join('[,]');
    case 'matching':
      return pairs(interaction.response);
    case 'true-false':
    case 'fill-in':
    case 'numeric':
    case 'likert':
      return String(interaction.response);
  }
}

/** What the activity's definition says of the interaction; texts are in `language`. */
export function interactionFields(interaction: Interaction, language: string): InteractionFields {
  const components = (list: readonly Component[]): InteractionComponent[] =>
    list.map(({ id, text }) => ({ id, description: { [language]: plainText(text) } }));
  const interactionType = interaction.type;
  switch (interaction.type) {
    case 'true-false':
      return { interactionType, correctResponsesPattern: [String(interaction.correct)] };
    case 'choice':
      return {
        interactionType,
        correctResponsesPattern: interaction.correct.map((ids) => ids.join('[,]')),
        choices: components(interaction.choices),
      };
    case 'fill-in':
      return {
        interactionType,
        correctResponsesPattern: fillInPatterns(interaction.correct, interaction.caseSensitive),
      };
    case 'matching':
      return {
        interactionType,
        correctResponsesPattern: [pairs(interaction.correct)],
        source: components(interaction.sources),
        target: components(interaction.targets),
      };
    case 'sequencing':
      return {
        interactionType,
        correctResponsesPattern: [interaction.correct.join('[,]')],
        choices: components(interaction.choices),
      };
    case 'numeric':
      return { interactionType, correctResponsesPattern: [numberRange(interaction.minimum, interaction.maximum)] };
    case 'likert':
      return { interactionType, scale: components(interaction.scale) };
  }
}

const fillInPatterns = (answers: readonly string[], caseSensitive: boolean): string[] =>
  answers.map((answer) => (caseSensitive ? `{case_matters=true}${answer}` : answer));
