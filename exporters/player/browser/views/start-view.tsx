import { Button } from '../components/button.js';
import { Icon } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { lessonsOf } from '../course-map.js';
import { Contents } from './contents.js';

function StartButton() {
  const { session, words, go } = useCourse();
  const location = session.resumeAt();
  const lesson = location?.lesson ?? lessonsOf(session.document)[0]?.id;
  if (lesson === undefined) return null;
  const label = session.result().complete ? words.course.review : location ? words.course.resume : words.course.start;
  return (
    <Button look="primary" towards="forward" onClick={() => go({ kind: 'lesson', ...location, lesson })}>
      {label}
    </Button>
  );
}

/** The first screen: what the course is about, what comes of it, what is in it. The static cover looks the same. */
export function StartView() {
  const { session, words, say, wordsLanguage } = useCourse();
  const { title, summary, objectives, estimatedMinutes } = session.document;
  const facts = [
    estimatedMinutes === undefined ? [] : say(words.course.minutes, estimatedMinutes),
    say(words.course.lessons, lessonsOf(session.document).length),
  ].flat();
  return (
    <div class="column start">
      <p class="eyebrow" lang={wordsLanguage}>
        {facts.join(' · ')}
      </p>
      <h1 class="start__title" tabIndex={-1}>
        {title}
      </h1>
      {summary !== undefined && <RichText html={summary} class="lead" />}
      <div class="actions start__actions">
        <StartButton />
      </div>
      {objectives.length > 0 && (
        <section class="start__part">
          <h2 lang={wordsLanguage}>{words.course.objectives}</h2>
          <ul class="objectives" role="list">
            {objectives.map(({ id, text }) => (
              <li key={id}>
                <Icon name="check" />
                {text}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Contents />
    </div>
  );
}
