import { Badge } from '../../components/badge.js';
import { RichText } from '../../components/rich-text.js';
import { useCourse } from '../../course-context.js';
import { AnalysisQuestion } from './analysis-question.js';
import type { BlockProps } from '../block-props.js';

/** A case with its outcome in sight, what happened, figures, and questions to think about. */
export function CaseStudy({ block }: BlockProps<'case-study'>) {
  const { words, wordsLanguage } = useCourse();
  const { title, outcome, situation, whatHappened, results = [], questions } = block;
  return (
    <section class="card case" aria-labelledby={`case-${block.id}`}>
      <p class="eyebrow" lang={wordsLanguage}>
        {words.caseStudy.label}
        <Badge tone={outcome === 'SUCCESS' ? 'good' : 'poor'}>{words.caseStudy.outcome[outcome]}</Badge>
      </p>
      <h2 class="card__title" id={`case-${block.id}`}>
        {title}
      </h2>
      <h3 lang={wordsLanguage}>{words.caseStudy.situation}</h3>
      <RichText html={situation} />
      <h3 lang={wordsLanguage}>{words.caseStudy.whatHappened}</h3>
      <RichText html={whatHappened} />
      {results.length > 0 && (
        <>
          <h3 lang={wordsLanguage}>{words.caseStudy.results}</h3>
          <dl class="case__results">
            {results.map(({ id, label, value }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h3 lang={wordsLanguage}>{words.caseStudy.questions}</h3>
      {questions.map((question) => (
        <AnalysisQuestion key={question.id} id={`${block.id}-${question.id}`} question={question} />
      ))}
    </section>
  );
}
