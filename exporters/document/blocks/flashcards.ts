import { group, itemId, itemList, kindOf, requiredMarkdown } from '../fields.js';

export const flashcards = kindOf('flashcards', 'FlashcardsBlock', 'Cards to turn over.', {
  cards: itemList(
    group('Flashcard', 'One card.', {
      id: itemId(),
      front: requiredMarkdown('What is shown first', 1_000),
      back: requiredMarkdown('What is shown when the card is turned', 2_000),
    }),
    'The cards in their order',
    { max: 40 },
  ),
});
