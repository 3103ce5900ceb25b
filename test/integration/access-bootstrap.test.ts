import { AccessService } from '../../modules/access/index.js';
import { Authenticator } from '../../src/platform/access/authenticator.js';
import { loadConfig } from '../../src/config.js';
import { Conflict } from '../../src/platform/errors.js';
import { JsonLogger } from '../../src/platform/logging/json-logger.js';
import { startService } from '../../src/service.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const organizationId = '00000000-0000-7000-8000-000000000001';

describe('keys that are not made by the API', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  /** Starts the service again on the same database, with another administrator's key, and tells which keys work there. */
  const withAdministrator = async (key: string, keys: string[]) => {
    const { dataDirectory } = service.config;
    const environment = {
      PORT: '0',
      DATA_DIR: dataDirectory,
      DATABASE_URL: service.database.ownerUrl,
      LECTERN_API_KEY: key,
    };
    const another = await startService(loadConfig(environment), new JsonLogger('silent'), () => undefined);
    try {
      return await Promise.all(keys.map((credentials) => statusWith(another.url, credentials)));
    } finally {
      await another.close();
    }
  };

  it('are those of the configuration: a new one replaces the old, and the old works again when it is named again', async () => {
    const next = 'next-admin:another-secret-that-is-only-for-tests';
    expect(await withAdministrator(next, [next, service.adminKey])).toEqual([200, 401]);
    expect(await withAdministrator(service.adminKey, [next, service.adminKey])).toEqual([401, 200]);
    const rotated = 'test-admin:the-secret-of-the-same-id-was-changed';
    expect(await withAdministrator(rotated, [rotated, service.adminKey])).toEqual([200, 401]);
    expect(await withAdministrator(service.adminKey, [service.adminKey])).toEqual([200]);
  });

  describe('and carried by packages', () => {
    const courseId = '01890000-0000-7000-8000-00000000c0de';
    const key = {
      organizationId,
      courseId,
      keyId: 'pk-1',
      secret: 'a-secret-inside-of-a-package',
      expiresAt: inAnHour(),
    };
    const access = () => service.app.get(AccessService, { strict: false });
    const authenticate = (secret = key.secret) =>
      service.app.get(Authenticator, { strict: false }).authenticate({ keyId: key.keyId, secret });

    it('may add statements about their course, and nothing else', async () => {
      await access().issuePackageKey(key);
      expect(await authenticate()).toEqual({
        organizationId,
        keyId: 'pk-1',
        scopes: new Set(['statements/write', 'define']),
        restriction: { courseId },
        name: `Package of course ${courseId}`,
        trusted: false,
      });
    });

    it('are issued again under the same id: the secret and the expiry are the new ones', async () => {
      await access().issuePackageKey(key);
      await access().issuePackageKey({ ...key, secret: 'the-next-secret-in-a-package' });
      expect(await authenticate()).toBeUndefined();
      expect(await authenticate('the-next-secret-in-a-package')).toBeDefined();
      await access().issuePackageKey({ ...key, expiresAt: new Date(0) });
      expect(await authenticate()).toBeUndefined();
    });

    it('are issued under no id that another key has', async () => {
      expect(await access().issuePackageKey({ ...key, keyId: 'test-admin' })).toBeInstanceOf(Conflict);
      expect(await access().issuePackageKey({ ...key, courseId: organizationId })).toBeInstanceOf(Conflict);
    });

    it('stay revoked when they are issued again', async () => {
      await access().issuePackageKey(key);
      await service.graphql('mutation { revokeApiKey(id: "pk-1") { __typename } }');
      await access().issuePackageKey(key);
      expect(await authenticate()).toBeUndefined();
    });
  });
});

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000);
}

async function statusWith(url: string, credentials: string): Promise<number> {
  const { status } = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${credentials}` },
    body: '{"query":"{ viewer { apiKey { id } } }"}',
  });
  return status;
}
