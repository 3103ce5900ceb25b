import { useCourse } from '../course-context.js';
import { Button } from '../components/button.js';
import { Meter } from '../components/meter.js';
import { Drawer } from './drawer.js';
import { StatusNote } from './status.js';

/** The bar on top: the outline, the course's title, how progress is kept, the way out, and a line of progress. */
export function Bar() {
  const { session, tracking, words, say, wordsLanguage } = useCourse();
  const { completed, total, share } = session.progress();
  return (
    <header class="bar">
      <div class="bar__row">
        <Drawer />
        <p class="bar__title">{session.document.title}</p>
        <p class="bar__progress" lang={wordsLanguage}>
          <span aria-hidden="true">{say(words.shell.progressShort, completed, total)}</span>
          <span class="visually-hidden">{say(words.shell.progress, completed, total)}</span>
        </p>
        <StatusNote />
        <Button look="quiet" towards="exit" onClick={() => tracking.exit()}>
          {words.shell.exit}
        </Button>
      </div>
      <Meter share={share} />
    </header>
  );
}
