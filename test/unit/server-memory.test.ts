import { totalmem } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { sharedBuffers } from '../../src/platform/database/embedded/server-memory.js';

const GIBIBYTE = 1024 ** 3;

describe('Memory of the embedded database', () => {
  it('is an eighth of what there is', () => {
    expect(sharedBuffers(24 * GIBIBYTE)).toBe('3072MB');
  });

  it('is never less than what PostgreSQL takes by itself', () => {
    expect(sharedBuffers(GIBIBYTE / 4)).toBe('128MB');
  });

  it('is of this machine when nothing else is said', () => {
    const most = Math.max(128, totalmem() / 8 / 1024 ** 2);
    expect(Number.parseInt(sharedBuffers(), 10)).toBeGreaterThanOrEqual(128);
    expect(Number.parseInt(sharedBuffers(), 10)).toBeLessThanOrEqual(most);
  });
});
