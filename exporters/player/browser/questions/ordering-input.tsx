import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/icon.js';
import { useCourse } from '../course-context.js';
import { inOrder, type InputProps } from './question-input.js';

/** A copy of a list with the item at `from` at the place `to`. */
function moved(ids: readonly string[], from: number, to: number): string[] {
  const next = [...ids];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** Items that are moved up and down by buttons; each move is announced, and the focus stays with the item. */
export function OrderingInput({ question, order, response, locked, onAnswer }: InputProps<'ordering'>) {
  const { words, say, wordsLanguage, announce } = useCourse();
  const list = useRef<HTMLOListElement>(null);
  const focusAfterMove = useRef<string | undefined>(undefined);
  const ids = (response as string[] | undefined) ?? order;
  // The order that is shown is an answer, even when the learner leaves it as it is.
  useEffect(() => {
    if (response === undefined) onAnswer([...order]);
  }, []);
  useEffect(() => {
    if (focusAfterMove.current === undefined) return;
    list.current?.querySelector<HTMLElement>(focusAfterMove.current)?.focus();
    focusAfterMove.current = undefined;
  });
  const move = (from: number, to: number, text: string, id: string) => {
    const button = to < from ? (to === 0 ? 'down' : 'up') : to === ids.length - 1 ? 'up' : 'down';
    focusAfterMove.current = `[data-move="${button}-${id}"]`;
    onAnswer(moved(ids, from, to));
    announce(say(words.question.moved, text, to + 1, ids.length));
  };
  return (
    <ol class="ordering" ref={list} role="list">
      {inOrder(question.items, ids).map(({ id, text }, index) => (
        <li key={id} class="ordering__item">
          <span class="ordering__place" aria-hidden="true">
            {index + 1}
          </span>
          <span class="ordering__text">{text}</span>
          {(['up', 'down'] as const).map((direction) => (
            <button
              key={direction}
              type="button"
              class="ordering__move"
              lang={wordsLanguage}
              data-move={`${direction}-${id}`}
              disabled={locked || index === (direction === 'up' ? 0 : ids.length - 1)}
              onClick={() => move(index, direction === 'up' ? index - 1 : index + 1, text, id)}
            >
              <Icon name={direction} />
              <span class="visually-hidden">
                {direction === 'up' ? say(words.question.moveUp, text) : say(words.question.moveDown, text)}
              </span>
            </button>
          ))}
        </li>
      ))}
    </ol>
  );
}
