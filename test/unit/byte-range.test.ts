import { describe, expect, it } from '@jest/globals';
import { namesTag, requestedRange } from '../../src/platform/http/downloads/byte-range.js';

describe('byte ranges (RFC 9110 14)', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=2-5', { start: 2, end: 5 }],
    ['bytes=7-', { start: 7, end: 9 }],
    ['bytes=7-1000', { start: 7, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-1000', { start: 0, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=99-100', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['items=0-1', undefined],
    ['bytes=a-b', undefined],
    [undefined, undefined],
  ])('%s of 10 bytes', (header, expected) => {
    expect(requestedRange(header, 10)).toEqual(expected);
  });
});

describe('If-None-Match (RFC 9110 13.1.2)', () => {
  it.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
    [undefined, false],
  ])('%s names the tag "a": %s', (header, expected) => {
    expect(namesTag(header, '"a"')).toBe(expected);
  });
});
