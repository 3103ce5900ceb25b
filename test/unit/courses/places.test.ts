import { describe, expect, it } from '@jest/globals';
import { parentsInWords, placeOf, placesBelow } from '../../../modules/courses/elements/places.js';

const course = { type: 'course', kind: 'course' } as const;
const lesson = (kind: string) => ({ type: 'lesson', kind }) as const;
const node = (kind: string) => ({ type: 'node', kind }) as const;

describe('the places of elements', () => {
  it('are by the kind of the parent', () => {
    expect(placeOf('section', 'section', course)?.list).toBe('sections');
    expect(placeOf('block', 'text', lesson('page'))?.list).toBe('blocks');
    expect(placeOf('block', 'text', lesson('assessment'))).toBeUndefined();
    expect(placeOf('question', 'numeric', lesson('assessment'))?.list).toBe('questions');
    expect(placeOf('lesson', 'page', course)).toBeUndefined();
  });

  it('of exits are by the kind of the node as well', () => {
    expect(placeOf('exit', 'choice', node('decision'))?.list).toBe('choices');
    expect(placeOf('exit', 'edge', node('decision'))).toBeUndefined();
    expect(placeOf('exit', 'edge', node('scene'))?.list).toBe('edges');
    expect(placeOf('exit', 'edge', node('ending'))).toBeUndefined();
  });

  it('below a node are both lists of exits, as in a course document', () => {
    expect(placesBelow(node('ending')).map(({ list }) => list)).toEqual(['choices', 'edges']);
    expect(placesBelow(lesson('scenario')).map(({ list }) => list)).toEqual(['variables', 'nodes']);
  });

  it('can be said in words', () => {
    expect(parentsInWords('block', 'text')).toBe('page lesson');
    expect(parentsInWords('exit', 'edge')).toBe('scene or message or social-post node');
  });
});
