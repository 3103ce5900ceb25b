import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLanguageTag } from '../../modules/lrs/xapi/formats.js';
import { parseDuration, parseTimestamp, toUtc } from '../../modules/lrs/xapi/time.js';

describe('xAPI 1.0.3 Data 4.5, timestamps', () => {
  it.each([
    ['2026-03-01T09:30:15.123Z', '2026-03-01T09:30:15.123Z'],
    ['2026-03-01T09:30:15.123999Z', '2026-03-01T09:30:15.123Z'],
    ['2026-03-01T09:30:15,5Z', '2026-03-01T09:30:15.500Z'],
    ['2026-03-01T09:30:15+02:00', '2026-03-01T07:30:15.000Z'],
    ['2026-03-01T00:30:00+0100', '2026-02-28T23:30:00.000Z'],
    ['2025-03-01T00:30:00+01', '2025-02-28T23:30:00.000Z'],
    ['2026-03-01T09:30-05:30', '2026-03-01T15:00:00.000Z'],
    ['2026-03-01T09:30:15', '2026-03-01T09:30:15.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['20260301T093015.5Z', '2026-03-01T09:30:15.500Z'],
    ['20260301T0930+0530', '2026-03-01T04:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(parseTimestamp(text)!).toISOString()).toBe(instant);
  });

  it.each([
    '2026-03-01',
    '20260301',
    '2026-03-01T093015Z',
    '20260301T09:30:15Z',
    '20260301T093015-0000',
    '2026-03-01 09:30:15Z',
    '2026-02-29T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-00-01T12:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T09:60:00Z',
    '2026-03-01T09:30:15-00:00',
    '2026-03-01T09:30:15-0000',
    '2026-03-01T09:30:15-00',
    '2026-03-01T09:30:15+25:00',
    '2026-03-01T09:30:15.Z',
    'now',
    '',
  ])('%s is none', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('are read as Date writes them', () => {
    const bounds = {
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    };
    fc.assert(fc.property(fc.date(bounds), (date) => parseTimestamp(date.toISOString()) === date.getTime()));
  });
});

describe('9274.1.1 4.2.7, timestamps in UTC', () => {
  it.each([
    ['2026-03-01T09:30:15.123456789Z', '2026-03-01T09:30:15.123456789Z'],
    ['2026-03-01t09:30:15z', '2026-03-01t09:30:15z'],
    ['2026-03-01T00:30:15.120+01:00', '2026-02-28T23:30:15.120Z'],
    ['2026-03-01T23:30:15-0230', '2026-03-02T02:00:15Z'],
    ['2026-03-01T09:30:15', '2026-03-01T09:30:15Z'],
    ['2026-03-01T09:30+00:00', '2026-03-01T09:30:00Z'],
    ['2026-03-01T09:30:15,5Z', '2026-03-01T09:30:15.5Z'],
    ['20260301T093015+02', '2026-03-01T07:30:15Z'],
    ['2017-01-01T00:59:60+01:00', '2016-12-31T23:59:60Z'],
    ['0050-01-01T00:00:00+01:00', '0049-12-31T23:00:00Z'],
    ['9999-12-31T23:30:00-01:00', '9999-12-31T23:30:00-01:00'],
  ])('%s is kept as %s', (text, utc) => {
    expect(toUtc(text)).toBe(utc);
  });

  it('are the same points in time', () => {
    const offsets = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }).filter((minutes) => minutes !== 0);
    const dates = fc.date({ min: new Date('0002-01-01'), max: new Date('9998-01-01'), noInvalidDate: true });
    const two = (number: number) => String(number).padStart(2, '0');
    fc.assert(
      fc.property(dates, offsets, (date, offset) => {
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        const text = new Date(date.getTime() + offset * 60_000).toISOString().replace('Z', zone);
        expect([parseTimestamp(text), toUtc(text)]).toEqual([date.getTime(), date.toISOString()]);
      }),
    );
  });
});

describe('xAPI 1.0.3 Data 4.6, durations', () => {
  it.each([
    ['PT4H35M59.14S', 16_559.14],
    ['PT16559.14S', 16_559.14],
    ['P1DT1S', 86_401],
    ['P4W', 2_419_200],
    ['P0.5D', 43_200],
    ['PT0,5H', 1_800],
    ['P3Y', 3 * 365.2425 * 86_400],
    ['P3Y1M29DT4H35M59.14S', 99_822_761.14],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds, 2);
  });

  it.each([
    'P4W1D',
    'P',
    'PT',
    'P1DT',
    '4H',
    'P4H',
    'PT1D',
    'PT1.5H30M',
    '-PT1S',
    'PT1S ',
    'P0001-00-00T00:00:01',
    'pt1s',
    '',
  ])('%s is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('xAPI 1.0.3 Data 4.2, language tags', () => {
  it.each([
    'en',
    'en-US',
    'zh-Hant-TW',
    'de-CH-1901',
    'sl-rozaj-biske',
    'es-419',
    'x-private',
    'en-a-bbb-x-a',
    'zh-cmn-Hans-CN',
    'i-klingon',
    'ast',
  ])('%s is one', (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });

  it.each(['', 'e', 'en_US', 'en-', 'english-us-american-x', 'en-US-x', 'a-de', '12', 'en-1234567890'])(
    '%s is none',
    (tag) => {
      expect(isLanguageTag(tag)).toBe(false);
    },
  );
});
