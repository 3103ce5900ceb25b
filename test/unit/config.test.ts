import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config.js';

describe('the configuration', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lectern-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = (environment: Record<string, string> = {}) => loadConfig({ DATA_DIR: folder, ...environment });

  it('needs no setting at all', () => {
    expect(load()).toMatchObject({ host: '127.0.0.1', port: 3000, databaseUrl: undefined, logLevel: 'info' });
  });

  it('cannot be changed after the start', () => {
    expect(Object.isFrozen(load())).toBe(true);
  });

  it('takes an empty variable for an unset one, as container files write it', () => {
    expect(load({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it.each([
    ['PORT', '65536', 'PORT is "65536", which is not accepted: it must be a whole number from 0 to 65535.'],
    ['PORT', '3000.5', 'PORT is "3000.5", which is not accepted: it must be a whole number from 0 to 65535.'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL is "loud", which is not accepted: it must be one of fatal, error, warn, info, debug, trace, silent.',
    ],
    ['SAMPLE_COURSE', 'yes', 'SAMPLE_COURSE is "yes", which is not accepted: it must be true or false.'],
    ['STORAGE_URL', 'ftp://x', 'STORAGE_URL is "ftp://x", which is not accepted: it must be an address like s3://'],
    ['CORS_ORIGINS', 'https://a.example/path', 'it must be * or origins like https://lms.example.com'],
  ])('refuses %s=%s in one sentence with name, value and what is accepted', (name, value, sentence) => {
    expect(() => load({ [name]: value })).toThrow(sentence);
  });

  it('names every wrong variable at once', () => {
    expect(() => load({ PORT: 'x', MAX_BODY_BYTES: '-1' })).toThrow(/^PORT is "x".*\nMAX_BODY_BYTES is "-1"/);
  });

  it.each(['LECTERN_API_KEY', 'LECTERN_SECRET', 'DATABASE_URL'])('never shows a wrong %s', (name) => {
    const value = 'hush-hush';
    expect(() => load({ [name]: value })).toThrow(`The value of ${name} (not shown) is not accepted`);
    expect(() => load({ [name]: value })).not.toThrow(value);
  });

  it("takes the administrator's key from LECTERN_API_KEY", () => {
    const { adminKey, adminKeyFile } = load({ LECTERN_API_KEY: 'ci:0123456789abcdef01234567' });
    expect(adminKey).toEqual({ id: 'ci', secret: '0123456789abcdef01234567' });
    expect(adminKeyFile).toBeUndefined();
  });

  it("makes an administrator's key and a secret once, readable by their owner only", () => {
    const first = load();
    expect(readFileSync(first.adminKeyFile!, 'utf8')).toBe(`${first.adminKey.id}:${first.adminKey.secret}\n`);
    expect(statSync(first.adminKeyFile!).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
    expect(first.secret).toHaveLength(43);
    expect(load()).toEqual(first);
  });

  it('says which folder it cannot write its secrets to', () => {
    const notAFolder = load().adminKeyFile!;
    expect(() => load({ DATA_DIR: notAFolder })).toThrow(`The secret in ${notAFolder}/`);
  });
});
