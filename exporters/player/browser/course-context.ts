/** What every view can reach: the learner's session, the player's words, and the ways to go on. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DocumentAsset } from '../../document/course-document.js';
import type { Session } from '../session/session.js';
import type { Say } from '../words/say.js';
import type { Words } from '../words/shape.js';
import type { Tracking } from './trackers/tracking.js';

export type Screen = { kind: 'start' } | { kind: 'lesson'; lesson: string; block?: string } | { kind: 'end' };

export interface Course {
  session: Session;
  tracking: Tracking;
  words: Words;
  say: Say;
  /** Language of the player's words, where it is not the course's own: the value of a lang attribute. */
  wordsLanguage: string | undefined;
  screen: Screen;
  go: (screen: Screen) => void;
  /** Tells a screen reader, politely, what changed without moving the focus. */
  announce: (message: string) => void;
}

export const CourseContext = createContext<Course | undefined>(undefined);

export function useCourse(): Course {
  const course = useContext(CourseContext);
  if (course === undefined) throw new Error('A view was used outside the course');
  return course;
}

/** A file of the package, by its id in the document. */
export function useAsset(id: string | undefined): DocumentAsset | undefined {
  const { document } = useCourse().session;
  return document.assets.find((asset) => asset.id === id);
}
