import type { Component, Interaction } from '../../../document/questions/question-rules.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';

type Which = 'response' | 'correct';

const textOf = (components: readonly Component[], id: string): string =>
  components.find((item) => item.id === id)?.text ?? '';

/** Rich texts of chosen options, one below another. */
function Chosen({ options, ids }: { options: readonly Component[]; ids: readonly string[] }) {
  return (
    <ul class="answer" role="list">
      {ids.map((id) => (
        <li key={id}>
          <RichText html={textOf(options, id)} />
        </li>
      ))}
    </ul>
  );
}

function Sequence({ items, ids }: { items: readonly Component[]; ids: readonly string[] }) {
  return (
    <ol class="answer">
      {ids.map((id) => (
        <li key={id}>{textOf(items, id)}</li>
      ))}
    </ol>
  );
}

function Pairs({ interaction, which }: { interaction: Extract<Interaction, { type: 'matching' }>; which: Which }) {
  return (
    <dl class="answer answer--pairs">
      {interaction[which].map(([source, target]) => (
        <div key={source}>
          <dt>{textOf(interaction.sources, source)}</dt>
          <dd>{textOf(interaction.targets, target)}</dd>
        </div>
      ))}
    </dl>
  );
}

const chosenIds = ({ response, correct }: Extract<Interaction, { type: 'choice' }>, which: Which): readonly string[] =>
  which === 'response' ? response : correct.flat();

function useNumberText() {
  const { session, words, say } = useCourse();
  const format = (value: number) => value.toLocaleString(session.document.language, { maximumFractionDigits: 10 });
  return (interaction: Extract<Interaction, { type: 'numeric' }>, which: Which): string => {
    const { response, minimum, maximum } = interaction;
    if (which === 'response') return format(response);
    return minimum === maximum ? format(minimum) : say(words.question.between, format(minimum), format(maximum));
  };
}

/** The learner's answer, or the right one, in words. */
export function AnswerText({ interaction, which }: { interaction: Interaction; which: Which }) {
  const { words } = useCourse();
  const numberText = useNumberText();
  switch (interaction.type) {
    case 'true-false':
      return <p class="answer">{interaction[which] ? words.question.yes : words.question.no}</p>;
    case 'choice':
      return <Chosen options={interaction.choices} ids={chosenIds(interaction, which)} />;
    case 'sequencing':
      return <Sequence items={interaction.choices} ids={interaction[which]} />;
    case 'matching':
      return <Pairs interaction={interaction} which={which} />;
    case 'fill-in':
      return <p class="answer">{which === 'response' ? interaction.response : interaction.correct[0]}</p>;
    case 'numeric':
      return <p class="answer">{numberText(interaction, which)}</p>;
    case 'likert':
      return <p class="answer">{textOf(interaction.scale, interaction.response)}</p>;
  }
}
