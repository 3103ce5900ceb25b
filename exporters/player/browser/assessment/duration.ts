import { useCourse } from '../course-context.js';

/** A duration in words: minutes when it is whole minutes, else seconds. */
export function useDuration(): (seconds: number) => string {
  const { words, say } = useCourse();
  return (seconds) =>
    seconds % 60 === 0
      ? say(words.assessment.minutes, seconds / 60)
      : say(words.assessment.seconds, Math.round(seconds));
}

/** A clock such as 4:05. */
export function clockText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
