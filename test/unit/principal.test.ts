import { requireScope, SCOPES, type Principal, type Scope } from '../../src/platform/access/principal.js';
import { parseAuthorization } from '../../src/platform/access/credentials.js';

const holding = (...scopes: Scope[]): Principal => ({ organizationId: 'o', keyId: 'k', scopes: new Set(scopes) });
const code = (principal: Principal | undefined, scope: Scope) => {
  try {
    requireScope(principal, scope);
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a scope', () => {
  it.each(SCOPES)('%s allows itself, and no other one unless it is admin', (scope) => {
    for (const other of SCOPES) {
      expect(code(holding(scope), other)).toBe(scope === other || scope === 'admin' ? 'allowed' : 'FORBIDDEN');
    }
  });

  it('is held by nobody without a key', () => {
    for (const scope of SCOPES) expect(code(undefined, scope)).toBe('UNAUTHENTICATED');
  });
});

describe('an Authorization header', () => {
  const read = (header: string | undefined) => parseAuthorization(header, { basic: true });

  it('has the key as Bearer id:secret, or as Basic where that is allowed', () => {
    const credentials = { keyId: 'id', secret: 's:e:c' };
    expect(read('Bearer id:s:e:c')).toEqual(credentials);
    expect(read('bearer  id:s:e:c')).toEqual(credentials);
    expect(read(`Basic ${btoa('id:s:e:c')}`)).toEqual(credentials);
    expect(parseAuthorization(`Basic ${btoa('id:s:e:c')}`, { basic: false })).toBeUndefined();
  });

  it('has a token as Bearer, never as Basic', () => {
    expect(read('Bearer eyJh.eyJp.c2ln')).toEqual({ token: 'eyJh.eyJp.c2ln' });
    expect(read('Bearer eyJh.eyJp.')).toEqual({ token: 'eyJh.eyJp.' });
    expect(read(`Basic ${btoa('eyJh.eyJp.c2ln')}`)).toBeUndefined();
    expect(read(`Bearer ${'a'.repeat(16_384)}.b.c`)).toBeUndefined();
  });

  it('has UTF-8, blanks and colons in a secret as they are (RFC 7617 2)', () => {
    const secret = ' pä:ss wörd ';
    expect(read(`Basic ${Buffer.from(`id:${secret}`).toString('base64')}`)).toEqual({ keyId: 'id', secret });
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer id',
    'Bearer :x',
    'Bearer id:',
    'Basic !!',
    'Basic aWQ=',
    'id:secret',
  ])('that is %p has none', (header) => expect(read(header)).toBeUndefined());
});
