import type { FrameLocator } from 'playwright-core';
import type { AssessmentLesson, CourseDocument, Lesson, ScenarioLesson } from '../../exporters/document/index.js';
import { bestPath } from './best-path.js';
import { giveRightAnswer } from './right-answer.js';
import { plain } from './words.js';

/** A learner who knows the answers: takes lessons in the player the way a person does, by its buttons and fields. */
export class Learner {
  constructor(
    private readonly player: FrameLocator,
    private readonly course: CourseDocument,
  ) {}

  get lessons(): Lesson[] {
    return this.course.sections.flatMap((section) => section.lessons);
  }

  /** Leaves the cover, at the first launch. */
  async start(): Promise<void> {
    await this.press('Start the course');
  }

  /** Takes the lesson that is open, to its end, and goes on to the next. */
  async take(lesson: Lesson): Promise<void> {
    await this.player.getByRole('heading', { level: 1, name: plain(lesson.title) }).waitFor();
    if (lesson.kind === 'scenario') await this.play(lesson);
    if (lesson.kind === 'assessment') await this.answerAll(lesson);
    await this.press(lesson === this.lessons.at(-1) ? 'Finish the course' : 'Continue');
  }

  /** Plays a scenario on its best path, to its ending. */
  async play(lesson: ScenarioLesson): Promise<void> {
    await this.press('Begin');
    for (const move of bestPath(lesson)) {
      if (move === 'continue') await this.press('Continue');
      else await this.player.getByRole('button', { name: move.choice, exact: true }).last().click();
    }
    await this.player.getByRole('button', { name: 'Play again' }).waitFor();
  }

  async answerAll(lesson: AssessmentLesson): Promise<void> {
    await this.press('Begin');
    const questions = new Map(lesson.questions.map((question) => [question.id, question]));
    for (let left = lesson.questions.length; left > 0; left -= 1) {
      const prompt = this.player.locator('.question__prompt');
      const id = (await prompt.getAttribute('id'))?.replace('prompt-', '') ?? '';
      const question = questions.get(id);
      if (question === undefined) throw new Error(`The player shows a question that the course does not have: ${id}`);
      await giveRightAnswer(this.player.locator('form.question'), question);
      if (lesson.feedback === 'AFTER_EACH_QUESTION') await this.press('Check the answer');
      await this.press(left > 1 ? 'Next question' : 'Review and hand in');
    }
    await this.press('Hand in');
  }

  /** The player says that it is safe to close. */
  async waitUntilSaved(): Promise<void> {
    await this.player.getByText('Saved', { exact: true }).waitFor();
  }

  private async press(name: string): Promise<void> {
    await this.player.getByRole('button', { name, exact: true }).last().click();
  }
}
