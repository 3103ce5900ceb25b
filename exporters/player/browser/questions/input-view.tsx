import type { FunctionComponent } from 'preact';
import type { QuestionKind } from '../../../document/questions/index.js';
import { ChoiceInput } from './choice-input.js';
import { FillInInput } from './fill-in-input.js';
import { LikertInput } from './likert-input.js';
import { MatchingInput } from './matching-input.js';
import { NumericInput } from './numeric-input.js';
import { OrderingInput } from './ordering-input.js';
import type { InputProps } from './question-input.js';
import { TrueFalseInput } from './true-false-input.js';

/** The input of every kind of question. */
const inputs: { [K in QuestionKind]: FunctionComponent<InputProps<K>> } = {
  'single-choice': ChoiceInput,
  'multiple-choice': ChoiceInput,
  'true-false': TrueFalseInput,
  matching: MatchingInput,
  ordering: OrderingInput,
  'fill-in': FillInInput,
  numeric: NumericInput,
  likert: LikertInput,
};

export function InputView(props: InputProps) {
  // The table pairs each kind with its own input; the compiler cannot see that the question at hand is of that very kind.
  const View = inputs[props.question.kind] as FunctionComponent<InputProps>;
  return <View {...props} />;
}
