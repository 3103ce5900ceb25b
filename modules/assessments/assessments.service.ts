import { Injectable } from '@nestjs/common';
import {
  acceptsResponse,
  feedbackOn,
  gradeResponse,
  isScored,
  type Grade,
  type QuestionContent,
} from '../../exporters/document/index.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { NotFound, ValidationFailed } from '../../src/platform/errors.js';
import { ElementService, type Element } from '../courses/index.js';
import { RESPONSE_FIELDS, responseTo, type GivenResponse } from './response.js';

/** What an answer brings. */
export interface GradedAnswer extends Grade {
  /** Whether the question counts towards the score of its assessment. */
  readonly scored: boolean;
  /** Markdown: on the chosen options first, then on the answer as a whole. */
  readonly feedback: readonly string[];
}

function questionIn(element: Element | undefined): QuestionContent | undefined {
  if (element === undefined || !('kind' in element.content)) return undefined;
  const { content } = element;
  if (content.kind === 'knowledge-check') return content.question;
  return element.type === 'question' ? (content as QuestionContent) : undefined;
}

function refused(kind: QuestionContent['kind'], code: string, message: string, hint: string): ValidationFailed {
  return new ValidationFailed([{ code, message, hint, path: ['response', RESPONSE_FIELDS[kind]] }]);
}

/** Trying questions of a draft. Nothing is kept. */
@Injectable()
export class AssessmentsService {
  constructor(private readonly elements: ElementService) {}

  /**
   * Grades an answer as the player does.
   *
   * @param elementId a question of an assessment, or a knowledge check
   */
  async gradeAnswer(
    principal: Principal,
    elementId: string,
    given: GivenResponse,
  ): Promise<GradedAnswer | NotFound | ValidationFailed> {
    const element = await this.elements.find(principal, elementId);
    const question = questionIn(element);
    if (question === undefined) return new NotFound('Question', elementId, ['elementId']);
    const { kind } = question;
    const response = responseTo(kind, given);
    if (response === undefined) {
      const message = `The question is of the kind ${kind}.`;
      return refused(kind, 'WRONG_KIND', message, `Give the field ${RESPONSE_FIELDS[kind]}.`);
    }
    if (!acceptsResponse(question, response)) {
      const hint = 'Name items by the ids that the question gives them, each at most once, and leave nothing out.';
      return refused(kind, 'NOT_AN_ANSWER', 'The response does not fit the question.', hint);
    }
    const grade = gradeResponse(question, response);
    return { ...grade, scored: isScored(question), feedback: feedbackOn(question, response) };
  }
}
