import { render } from 'preact';
import type { Session } from '../session/session.js';
import { pageAttributes } from '../theme.js';
import type { WordsOfLanguage } from '../words/shape.js';
import type { Tracking } from './trackers/tracking.js';
import { App } from './views/app.js';
import './styles/index.css';

/** Puts the player in the place of the static cover. */
export function mountPlayer(root: HTMLElement, session: Session, tracking: Tracking, spoken: WordsOfLanguage): void {
  const { document: course } = session;
  for (const [name, value] of Object.entries(pageAttributes(course)))
    document.documentElement.setAttribute(name, value);
  document.title = course.title;
  const { language, words } = spoken;
  const wordsLanguage = language === course.language ? undefined : language;
  root.replaceChildren();
  render(
    <App session={session} tracking={tracking} words={words} language={language} wordsLanguage={wordsLanguage} />,
    root,
  );
}
