import { Button } from '../components/button.js';
import { useCourse } from '../course-context.js';
import { Answering } from '../questions/answering.js';
import type { BlockProps } from './block-props.js';

/** A question to practise on: an answer, what to think of it, and another go. */
export function KnowledgeCheck({ block }: BlockProps<'knowledge-check'>) {
  const { session, words, wordsLanguage } = useCourse();
  const check = session.check(block.id);
  if (check === undefined) return null;
  return (
    <section class="card knowledge-check">
      <h2 class="eyebrow" lang={wordsLanguage}>
        {words.question.check}
      </h2>
      <Answering
        view={check}
        submit={words.question.submit}
        onAnswer={(response) => session.answerCheck(block.id, response)}
      >
        {check.mayRetry && (
          <Button icon="turn" onClick={() => session.retryCheck(block.id)}>
            {words.question.retry}
          </Button>
        )}
      </Answering>
    </section>
  );
}
