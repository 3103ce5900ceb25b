import type { Locator } from 'playwright-core';
import type { Question, QuestionKind, QuestionOf } from '../../exporters/document/index.js';
import { exactly } from './words.js';

const choose = (form: Locator, text: string) =>
  form
    .locator('label')
    .filter({ hasText: exactly(text) })
    .click();

/** How the right answer to each kind of question is given in the player. */
const answers: { [K in QuestionKind]: (form: Locator, question: QuestionOf<K>) => Promise<void> } = {
  'single-choice': (form, { options }) => choose(form, options.find(({ correct }) => correct)?.text ?? ''),
  'multiple-choice': async (form, { options }) => {
    for (const { text } of options.filter(({ correct }) => correct)) await choose(form, text);
  },
  'true-false': (form, { answer }) => choose(form, answer ? 'True' : 'False'),
  matching: async (form, { pairs }) => {
    for (const { source, target } of pairs)
      await form.getByLabel(source, { exact: true }).selectOption({ label: target });
  },
  ordering: async (form, { items }) => {
    const shown = () => form.locator('.ordering__text').allTextContents();
    for (const [place, { text }] of items.entries()) {
      const up = form.getByRole('button', { name: `Move up: ${text}`, exact: true });
      while ((await shown()).indexOf(text) > place) await up.click();
    }
  },
  'fill-in': (form, { answers: [best] }) => form.getByRole('textbox').fill(best?.text ?? ''),
  numeric: (form, { minimum }) => form.getByRole('textbox').fill(String(minimum)),
  likert: (form, { scale }) => choose(form, scale.at(-1)?.label ?? ''),
};

export function giveRightAnswer(form: Locator, question: Question): Promise<void> {
  // The table pairs each kind with its own question; the compiler cannot see that this is the one at hand.
  const give = answers[question.kind] as (form: Locator, question: Question) => Promise<void>;
  return give(form, question);
}
