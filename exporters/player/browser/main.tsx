/** The script of a package: takes the course and its launch settings from the page, and opens the course. */
import type { CourseDocument } from '../../document/course-document.js';
import type { LaunchSettings } from '../launch-settings.js';
import type { WordsOfLanguage } from '../words/shape.js';
import { launchCourse } from './lifecycle.js';
import { mountPlayer } from './mount.js';

/** What course.js, which runs before this script, leaves behind. */
interface CourseScript {
  lecternCourse?: CourseDocument;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The launch page has no element ${id}`);
  return found;
}

/** Data that the launch page carries in a script element. */
const dataIn = <T,>(id: string): T => JSON.parse(element(id).textContent) as T;

/** The sentence for the learner when nothing else can be shown; the reason goes to the console, and to whoever looks there. */
function showFailure(root: HTMLElement, { words }: WordsOfLanguage): void {
  const note = document.createElement('p');
  note.className = 'banner banner--failing';
  note.role = 'alert';
  note.textContent = words.course.failedToStart;
  root.prepend(note);
}

function start(): void {
  const root = element('app');
  const spoken = dataIn<WordsOfLanguage>('lectern-words');
  try {
    const course = (globalThis as CourseScript).lecternCourse;
    if (course === undefined) throw new Error('course.js did not load');
    const { session, tracking } = launchCourse(course, dataIn<LaunchSettings>('lectern-launch'));
    mountPlayer(root, session, tracking, spoken);
  } catch (error) {
    showFailure(root, spoken);
    throw error;
  }
}

start();
