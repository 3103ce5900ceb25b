import { describe, expect, it } from '@jest/globals';
import { blockContent, sectionContent } from '../../../exporters/document/index.js';
import { contentFrom, inInput } from '../../../modules/courses/graphql/input-shape.js';
import { NotFound, ValidationFailed } from '../../../src/platform/errors.js';

describe('the content of an input', () => {
  it('gets its kind from the field that is given', () => {
    expect(contentFrom(blockContent, { quickReferenceCard: { title: 'Card', entries: [] } })).toEqual({
      kind: 'quick-reference-card',
      title: 'Card',
      entries: [],
    });
  });

  it('gets it also where content stands in content', () => {
    const input = { knowledgeCheck: { question: { trueFalse: { prompt: 'So?', answer: true } } } };
    expect(contentFrom(blockContent, input)).toEqual({
      kind: 'knowledge-check',
      question: { kind: 'true-false', prompt: 'So?', answer: true },
    });
  });

  it('without kinds stays as it is', () => {
    expect(contentFrom(sectionContent, { title: 'Basics' })).toEqual({ title: 'Basics' });
  });
});

describe('the paths of problems', () => {
  const at = (...path: string[]) => new ValidationFailed([{ code: 'X', message: 'x', path }]);
  const content = { kind: 'knowledge-check', question: { kind: 'single-choice', options: [{ text: '' }] } };
  const paths = (failure: unknown) => (inInput(failure, blockContent, content) as ValidationFailed).problems[0]!.path;

  it('lead through the fields that the caller wrote', () => {
    expect(paths(at('content', 'question', 'options', '0', 'text'))).toEqual([
      'content',
      'knowledgeCheck',
      'question',
      'singleChoice',
      'options',
      '0',
      'text',
    ]);
    expect(paths(at('content', 'kind'))).toEqual(['content', 'knowledgeCheck']);
  });

  it('outside of the content, and other failures, stay', () => {
    expect(paths(at('position'))).toEqual(['position']);
    const failure = new NotFound('Element', 'x', ['parentId']);
    expect(inInput(failure, blockContent, content)).toBe(failure);
  });
});
