/**
 * The first screen as static HTML: what a learner reads before any script has come. The same elements and classes as
 * browser/views/start-view.tsx, so that nothing moves when the player takes its place.
 */
import type { CourseDocument } from '../document/course-document.js';
import type { Lesson, Section } from '../document/tree.js';
import { sayIn, type Say } from './words/say.js';
import type { Words } from './words/shape.js';
import { wordsFor } from './words/words.js';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

function noteOf({ kind, optional }: Lesson, words: Words): string {
  const notes = [kind === 'page' ? [] : words.lesson[kind], optional === true ? words.lesson.optional : []];
  return notes.flat().join(' · ');
}

const lessonRow = (lesson: Lesson, words: Words): string =>
  `<li><span class="lesson-link"><span class="mark"></span><span class="lesson-link__title">${escaped(lesson.title)}</span>` +
  `<span class="lesson-link__note">${escaped(noteOf(lesson, words))}</span></span></li>`;

const sectionRows = ({ title, lessons }: Section, words: Words): string =>
  `<div class="contents"><h3>${escaped(title)}</h3><ol role="list">${lessons.map((lesson) => lessonRow(lesson, words)).join('')}</ol></div>`;

function factsOf({ estimatedMinutes, sections }: CourseDocument, words: Words, say: Say): string {
  const minutes = estimatedMinutes === undefined ? [] : [say(words.course.minutes, estimatedMinutes)];
  return [...minutes, say(words.course.lessons, sections.flatMap(({ lessons }) => lessons).length)].join(' · ');
}

function objectivesOf({ objectives }: CourseDocument, words: Words): string {
  if (objectives.length === 0) return '';
  const rows = objectives.map(({ text }) => `<li><span class="objectives__mark"></span>${escaped(text)}</li>`);
  return `<section class="start__part"><h2>${escaped(words.course.objectives)}</h2><ul class="objectives" role="list">${rows.join('')}</ul></section>`;
}

/** @param language BCP 47 tag of the language of the player's own words. */
export function cover(document: CourseDocument, language: string): string {
  const { words, language: spoken } = wordsFor(language);
  const { title, summary, sections } = document;
  return (
    `<header class="bar"><div class="bar__row"><p class="bar__title bar__title--cover">${escaped(title)}</p></div><div class="meter"></div></header>` +
    `<main class="main"><div class="column start"><p class="eyebrow">${escaped(factsOf(document, words, sayIn(spoken)))}</p>` +
    `<h1 class="start__title">${escaped(title)}</h1>` +
    // The summary is HTML that was sanitised when the course was published.
    (summary === undefined ? '' : `<div class="prose lead">${summary}</div>`) +
    `<noscript><p class="callout">${escaped(words.course.scriptNeeded)}</p></noscript>` +
    '<div class="actions start__actions"></div>' +
    objectivesOf(document, words) +
    `<section class="start__part"><h2>${escaped(words.course.contents)}</h2>${sections.map((section) => sectionRows(section, words)).join('')}</section>` +
    '</div></main>'
  );
}
