import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { SealBroken, SealedSecrets } from '../../src/platform/secrets/sealed-secrets.js';

const boxWith = (settings: Record<string, string>) =>
  new SealedSecrets(loadConfig({ LECTERN_API_KEY: `id:${'s'.repeat(24)}`, ...settings }));

describe('sealed secrets', () => {
  const [first, second] = ['a'.repeat(32), 'b'.repeat(32)];
  const box = boxWith({ LECTERN_SECRET: first });

  it('open where they belong, and look different each time', () => {
    const [one, other] = [box.seal('pässword', 'pipe 1'), box.seal('pässword', 'pipe 1')];
    expect([box.open(one, 'pipe 1'), box.open(other, 'pipe 1')]).toEqual(['pässword', 'pässword']);
    expect(one).not.toBe(other);
    expect(Buffer.from(one.split('.')[2]!, 'base64url').toString('latin1')).not.toContain('ssword');
  });

  it('open in no other place, when they were changed, or without their installation secret', () => {
    const sealed = box.seal('password', 'pipe 1');
    expect(() => box.open(sealed, 'pipe 2')).toThrow(SealBroken);
    const changed = sealed.slice(0, 30) + (sealed[30] === 'A' ? 'E' : 'A') + sealed.slice(31);
    expect(() => box.open(changed, 'pipe 1')).toThrow(SealBroken);
    expect(() => box.open('nonsense', 'pipe 1')).toThrow(SealBroken);
    expect(() => boxWith({ LECTERN_SECRET: second }).open(sealed, 'pipe 1')).toThrow(SealBroken);
  });

  it('open after the installation secret has changed, as long as the one of before is told', () => {
    const sealed = box.seal('password', 'pipe 1');
    const rotated = boxWith({ LECTERN_SECRET: second, LECTERN_PREVIOUS_SECRETS: `${'c'.repeat(32)}, ${first}` });
    expect(rotated.open(sealed, 'pipe 1')).toBe('password');
    expect(rotated.isOutdated(sealed)).toBe(true);
    expect(rotated.isOutdated(rotated.seal('password', 'pipe 1'))).toBe(false);
  });
});
