import { useState } from 'preact/hooks';
import { Button } from '../components/button.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import type { BlockProps } from './block-props.js';

type Card = BlockProps<'flashcards'>['block']['cards'][number];

/** One card. Both sides take the same place, so nothing moves when it is turned; the side in sight is read out. */
function Flashcard({ card, position, total }: { card: Card; position: number; total: number }) {
  const { words, say, wordsLanguage } = useCourse();
  const [turned, turn] = useState(false);
  return (
    <li class={`flashcard${turned ? ' flashcard--turned' : ''}`}>
      <p class="flashcard__position" lang={wordsLanguage}>
        {say(words.flashcard.position, position, total)}
      </p>
      <div class="flashcard__faces" aria-live="polite">
        <div class="flashcard__face flashcard__face--front">
          <RichText html={card.front} />
        </div>
        <div class="flashcard__face flashcard__face--back">
          <RichText html={card.back} />
        </div>
      </div>
      <Button look="quiet" icon="turn" onClick={() => turn(!turned)}>
        {turned ? words.flashcard.turnBack : words.flashcard.turn}
      </Button>
    </li>
  );
}

export function Flashcards({ block: { cards } }: BlockProps<'flashcards'>) {
  return (
    <ul class="flashcards" role="list">
      {cards.map((card, index) => (
        <Flashcard key={card.id} card={card} position={index + 1} total={cards.length} />
      ))}
    </ul>
  );
}
