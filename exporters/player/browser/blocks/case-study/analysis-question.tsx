import { useState } from 'preact/hooks';
import { Button } from '../../components/button.js';
import { RichText } from '../../components/rich-text.js';
import { useCourse } from '../../course-context.js';
import type { BlockProps } from '../block-props.js';

type Question = BlockProps<'case-study'>['block']['questions'][number];

/** A question to think about: first the learner's own thoughts, which stay on the page, then an answer to compare them with. */
export function AnalysisQuestion({ id, question: { question, modelAnswer } }: { id: string; question: Question }) {
  const { words, wordsLanguage } = useCourse();
  const [shown, show] = useState(false);
  return (
    <div class="analysis">
      <p class="analysis__question" id={`question-${id}`}>
        {question}
      </p>
      <label class="analysis__thoughts" lang={wordsLanguage}>
        <span>
          {words.caseStudy.thoughts} <small>{words.caseStudy.thoughtsNote}</small>
        </span>
        <textarea class="field" rows={3} aria-describedby={`question-${id}`} />
      </label>
      {modelAnswer !== undefined && (
        <Button
          aria-expanded={shown}
          aria-controls={`model-${id}`}
          onClick={() => show(!shown)}
          towards={shown ? 'up' : 'down'}
        >
          {words.caseStudy.showModel}
        </Button>
      )}
      <div id={`model-${id}`} class="analysis__model" hidden={!shown}>
        <p class="eyebrow" lang={wordsLanguage}>
          {words.caseStudy.model}
        </p>
        {modelAnswer !== undefined && <RichText html={modelAnswer} />}
      </div>
    </div>
  );
}
