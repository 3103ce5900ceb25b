import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Config } from '../../src/config.js';
import { DownloadLinks } from '../../src/platform/http/downloads/download-links.js';
import type { PublicAddress } from '../../src/platform/http/public-address.js';

const config = { secret: 'an-installation-secret-for-tests-only' } as Config;
const address = { of: (path: string) => `https://lectern.example.com${path}` } as PublicAddress;
const file = { organizationId: '00000000-0000-7000-8000-000000000001', id: '01890a5d-ac96-774b-bcce-b302099a8057' };
const FILE_NAME = 'course-v1-scorm-1-2.zip';

const tokenOf = (url: string) => new URL(url).pathname.split('/').at(-2)!;

describe('links to files', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('open the file of the organization for 15 minutes', () => {
    jest.useFakeTimers({ now: new Date('2030-01-01T12:00:00Z') });
    const links = new DownloadLinks(config, address);
    const token = tokenOf(links.of('packages', file, FILE_NAME));
    expect(links.open('packages', file.id, token)).toEqual(file);
    jest.setSystemTime(new Date('2030-01-01T12:14:59Z'));
    expect(links.open('packages', file.id, token)).toBeDefined();
    jest.setSystemTime(new Date('2030-01-01T12:15:00Z'));
    expect(links.open('packages', file.id, token)).toBeUndefined();
  });

  it('are worth nothing to an installation with another secret', () => {
    const token = tokenOf(new DownloadLinks({ secret: 'another' } as Config, address).of('packages', file, FILE_NAME));
    expect(new DownloadLinks(config, address).open('packages', file.id, token)).toBeUndefined();
  });

  it('to one kind of file open no other', () => {
    const links = new DownloadLinks(config, address);
    const token = tokenOf(links.of('packages', file, FILE_NAME));
    expect(links.open('statement-exports', file.id, token)).toBeUndefined();
  });
});
