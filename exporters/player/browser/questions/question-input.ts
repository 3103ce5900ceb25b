import type { QuestionKind, QuestionOf } from '../../../document/questions/index.js';
import type { QuestionResponse } from '../../../document/questions/rules.js';

/** What every kind of question's input is given. `onAnswer` gets undefined while the answer is not complete. */
export interface InputProps<K extends QuestionKind = QuestionKind> {
  question: QuestionOf<K>;
  /** Unique in the page; the prompt is the element `prompt-<id>`. */
  id: string;
  order: readonly string[];
  /** The answer so far. */
  response: QuestionResponse | undefined;
  locked: boolean;
  showsSolution: boolean;
  onAnswer: (response: QuestionResponse | undefined) => void;
}

/** The items of a list in the order that is shown to this learner. */
export function inOrder<T extends { id: string }>(items: readonly T[], order: readonly string[]): T[] {
  return order.flatMap((id) => items.find((item) => item.id === id) ?? []);
}
