import { describe, expect, it } from '@jest/globals';
import { pseudonymised } from '../../modules/lrs/xapi/erasure/pseudonymise.js';

const PSEUDONYM = '00000000-0000-4000-8000-000000000001';
const ACCOUNT = `"account":{"homePage":"urn:lectern:erased","name":"${PSEUDONYM}"}`;

const erased = (text: string, content: 'KEEP' | 'REMOVE' = 'KEEP') =>
  pseudonymised(text, new Map([['mbox mailto:a@example.com', { pseudonym: PSEUDONYM, content }]]));

const statement = (actor: string, more = '') =>
  `{"actor":${actor},"verb":{"id":"urn:v"},"object":{"id":"urn:o"}${more}}`;

describe('Taking somebody out of the text of a statement', () => {
  it.each([
    ['{"mbox":"mailto:a@example.com"}', `{${ACCOUNT}}`],
    ['{ "mbox" :\n"mailto:a@EXAMPLE.com" }', `{ ${ACCOUNT} }`],
    ['{"name":"A","mbox":"mailto:a@example.com"}', `{${ACCOUNT}}`],
    ['{"mbox":"mailto:a@example.com" , "name":"A"}', `{${ACCOUNT}}`],
    ['{"name":"A","objectType":"Agent","mbox":"mailto:a@example.com"}', `{"objectType":"Agent",${ACCOUNT}}`],
    [
      '{"objectType":"Agent","name":"A \\" }","mbox":"mailto:\\u0061@example.com"}',
      `{"objectType":"Agent",${ACCOUNT}}`,
    ],
    [
      '{"objectType":"Group","member":[{"mbox":"mailto:b@example.com"},{"mbox":"mailto:a@example.com","name":"A"}]}',
      `{"objectType":"Group","member":[{"mbox":"mailto:b@example.com"},{${ACCOUNT}}]}`,
    ],
  ])('%s becomes %s', (actor, expected) => {
    expect(erased(statement(actor))).toBe(statement(expected));
  });

  it('leaves what only looks like somebody: extensions, definitions, other people', () => {
    const looksLike = statement(
      '{"mbox":"mailto:b@example.com","name":"A"}',
      ',"result":{"extensions":{"urn:x":{"mbox":"mailto:a@example.com"}},"response":"mailto:a@example.com"}',
    );
    expect(erased(looksLike, 'REMOVE')).toBe(looksLike);
  });

  it('removes content of the own statement only when it is asked to', () => {
    const own = (actor: string, result: string, context: string) =>
      statement(actor, `,"result":{${result}},"context":{${context}}`);
    const text = own(
      '{"mbox":"mailto:a@example.com"}',
      '"response":"x","duration":"PT1.0S","extensions":{}',
      '"extensions":{"urn:x":1.0}',
    );
    expect(erased(text)).toBe(
      own(`{${ACCOUNT}}`, '"response":"x","duration":"PT1.0S","extensions":{}', '"extensions":{"urn:x":1.0}'),
    );
    expect(erased(text, 'REMOVE')).toBe(own(`{${ACCOUNT}}`, '"duration":"PT1.0S"', ''));
  });

  it('comes to the same when it is done again', () => {
    const once = erased(statement('{"name":"A","mbox":"mailto:a@example.com"}'));
    expect(erased(once)).toBe(once);
  });
});
