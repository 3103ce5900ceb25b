/** An answer in the words of SCORM 1.2 RTE 3.4.4, cmi.interactions: single characters, comma-separated. */
import { digitOf, type Component, type Interaction } from '../../../../document/questions/question-rules.js';

/** CMIFeedback. */
const MAX_LENGTH = 255;

export interface Scorm12Answer {
  type: Interaction['type'];
  response: string;
  /** Alternatives that are right; none where there is nothing right, or 1.2 cannot say it. */
  patterns: readonly string[];
}

/** a, b, c ... by the place in the list; no list has more than 26 items. */
export const letterOf = (list: readonly { id: string }[], id: string): string =>
  digitOf(list.findIndex((item) => item.id === id) + 10);

/** 1, 2, 3 ... by the place in the list. */
const figureOf = (list: readonly Component[], id: string): string =>
  digitOf(list.findIndex((item) => item.id === id) + 1);

const letters = (list: readonly Component[], ids: readonly string[]): string =>
  ids.map((id) => letterOf(list, id)).join(',');

// A set of which every member is asked for stands in braces.
const choicePattern = (list: readonly Component[], ids: readonly string[]): string =>
  ids.length > 1 ? `{${letters(list, ids)}}` : letters(list, ids);

/** CMIDecimal has no exponent; nothing rounds to minus zero. */
const decimal = (value: number): string =>
  (Math.round(value * 1e6) / 1e6 || 0)
    .toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 6 })
    .slice(0, MAX_LENGTH);

// A cut may leave half of a surrogate pair, which no encoding can carry.
const text = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .slice(0, MAX_LENGTH)
    .replace(/\p{Cs}/gu, '');

export function scorm12Answer(interaction: Interaction): Scorm12Answer {
  const { type } = interaction;
  switch (interaction.type) {
    case 'true-false':
      return { type, response: interaction.response ? 't' : 'f', patterns: [interaction.correct ? 't' : 'f'] };
    case 'choice': {
      const { choices, response, correct } = interaction;
      return {
        type,
        response: letters(choices, response),
        patterns: correct.map((ids) => choicePattern(choices, ids)),
      };
    }
    case 'fill-in':
      return { type, response: text(interaction.response), patterns: interaction.correct.map(text) };
    case 'matching': {
      const { sources, targets } = interaction;
      const pairs = (list: typeof interaction.correct) =>
        list.map(([source, target]) => `${figureOf(sources, source)}.${letterOf(targets, target)}`).join(',');
      return { type, response: pairs(interaction.response), patterns: [pairs(interaction.correct)] };
    }
    case 'sequencing': {
      const { choices, response, correct } = interaction;
      return { type, response: letters(choices, response), patterns: [letters(choices, correct)] };
    }
    case 'numeric': {
      // A range of right numbers has no form in 1.2.
      const { response, minimum, maximum } = interaction;
      return { type, response: decimal(response), patterns: minimum === maximum ? [decimal(minimum)] : [] };
    }
    case 'likert':
      return { type, response: figureOf(interaction.scale, interaction.response), patterns: [] };
  }
}
