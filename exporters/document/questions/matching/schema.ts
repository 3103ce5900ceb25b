import { enumeration, group, itemId, itemList, kindOf, line } from '../../fields.js';
import { questionFields } from '../question-fields.js';

export const matching = kindOf('matching', 'MatchingQuestion', 'Each source is to be matched with its target.', {
  ...questionFields,
  pairs: itemList(
    group('MatchingPair', 'A source and the target that belongs to it.', {
      id: itemId(),
      source: line('What is to be matched', 300),
      target: line('What it belongs to; the same words in two pairs are one target', 300),
    }),
    'The pairs',
    { min: 2, max: 12 },
  ),
  distractors: itemList(
    group('MatchingDistractor', 'A target that belongs to no source.', { id: itemId(), text: line('The target', 300) }),
    'Targets that belong to no source',
    { max: 6 },
  ).optional(),
  scoring: enumeration('MatchingScoring', 'How a matching is scored.', {
    ALL_OR_NOTHING: 'Full credit when every pair is right, else none',
    PER_PAIR: 'An equal share for each pair that is right',
  }),
});
