import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { PackageLinks } from '../../modules/exports/download/package-links.js';
import type { CoursePackage } from '../../modules/exports/package.js';
import type { Config } from '../../src/config.js';
import type { PublicAddress } from '../../src/platform/http/public-address.js';

const config = { secret: 'an-installation-secret-for-tests-only' } as Config;
const address = { of: (path: string) => `https://lectern.example.com${path}` } as PublicAddress;
const made = { id: '01890a5d-ac96-774b-bcce-b302099a8057', fileName: 'course-v1-scorm-1-2.zip' } as CoursePackage;
const organizationId = '00000000-0000-7000-8000-000000000001';

const tokenOf = (url: string) => new URL(url).pathname.split('/').at(-2)!;

describe('links to packages', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('open the package of the organization for 15 minutes', () => {
    jest.useFakeTimers({ now: new Date('2030-01-01T12:00:00Z') });
    const links = new PackageLinks(config, address);
    const token = tokenOf(links.of(organizationId, made));
    expect(links.open(made.id, token)).toEqual({ organizationId, packageId: made.id });
    jest.setSystemTime(new Date('2030-01-01T12:14:59Z'));
    expect(links.open(made.id, token)).toBeDefined();
    jest.setSystemTime(new Date('2030-01-01T12:15:00Z'));
    expect(links.open(made.id, token)).toBeUndefined();
  });

  it('are worth nothing to an installation with another secret', () => {
    const token = tokenOf(new PackageLinks({ secret: 'another' } as Config, address).of(organizationId, made));
    expect(new PackageLinks(config, address).open(made.id, token)).toBeUndefined();
  });
});
