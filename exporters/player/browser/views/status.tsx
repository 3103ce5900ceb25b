import { useCourse } from '../course-context.js';
import { Icon, type IconName } from '../components/icon.js';
import type { TrackingStatus } from '../trackers/tracking.js';

const ICONS: Record<TrackingStatus, IconName> = {
  none: 'note',
  'read-only': 'note',
  saved: 'check',
  saving: 'cloud',
  failing: 'warning',
  superseded: 'warning',
  closed: 'check',
};

/** What a learner has to know now, beyond a word in the bar. */
const LOUD = new Set<TrackingStatus>(['none', 'read-only', 'failing', 'superseded']);

function useStatusWords() {
  const { tracking, words } = useCourse();
  const key = tracking.status === 'read-only' ? 'readOnly' : tracking.status;
  return { status: tracking.status, short: words.status[`${key}Short`], long: words.status[key] };
}

/** One or two words in the bar: whether it is safe to close. */
export function StatusNote() {
  const { status, short, long } = useStatusWords();
  return (
    <p class={`status status--${status}`} lang={useCourse().wordsLanguage} title={long}>
      <Icon name={ICONS[status]} />
      <span>{short}</span>
    </p>
  );
}

/** A sentence below the bar while progress is not being kept; announced as it changes. */
export function StatusBanner() {
  const { status, long } = useStatusWords();
  const loud = LOUD.has(status);
  return (
    <div role="status" class={loud ? `banner banner--${status}` : 'visually-hidden'} lang={useCourse().wordsLanguage}>
      <p>{loud || status === 'saved' ? long : ''}</p>
    </div>
  );
}
