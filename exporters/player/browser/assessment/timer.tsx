import { useEffect, useReducer, useRef } from 'preact/hooks';
import { Icon } from '../components/icon.js';
import { useCourse } from '../course-context.js';
import { clockText, useDuration } from './duration.js';

/** Seconds left at which it is said aloud, once each. */
const WARNINGS = [300, 60, 30];
const LAST_MINUTE = 60;

/** The time left of an attempt. It ends the attempt when it is over; whatever was answered by then is handed in. */
export function Timer({ lesson }: { lesson: string }) {
  const { session, words, say, wordsLanguage, announce } = useCourse();
  const duration = useDuration();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  const seconds = session.assessment(lesson)?.secondsLeft ?? 0;
  const before = useRef(seconds);
  useEffect(() => {
    const clock = setInterval(() => {
      session.finishExpiredAttempts();
      tick(undefined);
    }, 1000);
    return () => clearInterval(clock);
  }, []);
  useEffect(() => {
    const passed = WARNINGS.findLast((warning) => before.current > warning && seconds <= warning);
    if (passed !== undefined) announce(say(words.assessment.timeWarning, duration(passed)));
    before.current = seconds;
  });
  return (
    <p class={`timer${seconds <= LAST_MINUTE ? ' timer--last' : ''}`} role="timer" lang={wordsLanguage}>
      <Icon name="clock" />
      <span class="visually-hidden">{words.assessment.timeLeft} </span>
      {clockText(seconds)}
    </p>
  );
}
