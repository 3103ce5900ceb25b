/**
 * Who did what in a store that is queried: the more statements, the more learners and courses, so that what one of them has
 * stays about the same. Few learners and courses have much, most have little; a learner is in three courses.
 */
import { ELEMENTS, VERBS } from '../statement-source.js';
import type { Event } from '../statement-source.js';

/** How many there are of each. */
export interface Population {
  readonly learners: number;
  readonly courses: number;
}

const STATEMENTS_OF_A_LEARNER = 500;
export const COURSES_OF_A_LEARNER = 3;

/** Raised to this, a number between 0 and 1 is small more often than great. */
export const LEARNER_SKEW = 2;
export const VERB_SKEW = 1.5;

/** @param statements how many the store has */
export function populationOf(statements: number): Population {
  const learners = Math.max(50, Math.round(statements / STATEMENTS_OF_A_LEARNER));
  return { learners, courses: Math.max(5, Math.round(1.5 * Math.sqrt(learners))) };
}

export const coursesOf = (learner: number, { courses }: Population): number[] =>
  Array.from({ length: COURSES_OF_A_LEARNER }, (_, nth) => (learner * 7 + nth) % courses);

/** Each course has one. */
export const instructorOf = (course: number): number => course;

/** What happens as the nth; the same for the same number. */
export function eventAt(nth: number, population: Population): Event {
  const random = randomNumbers(nth);
  const learner = Math.floor(population.learners * random() ** LEARNER_SKEW);
  const verb = Math.floor(VERBS.length * random() ** VERB_SKEW);
  const course = coursesOf(learner, population)[Math.floor(COURSES_OF_A_LEARNER * random())]!;
  return { learner, verb, course, element: Math.floor(ELEMENTS * random()), instructor: instructorOf(course) };
}

/** Between 0 and 1, without 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
