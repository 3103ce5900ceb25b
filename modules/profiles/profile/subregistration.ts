/** The extension that tells apart several runs of a pattern in one registration (section 9). */
import type { Fault } from './profile-problem.js';
import { isObject, memberOf } from './statement-parts.js';
import type { Json } from './statement-parts.js';

export const SUBREGISTRATION = 'https://w3id.org/xapi/profiles/extensions/subregistration';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function* faultsOfSubregistration(statement: Json): Generator<Fault> {
  const path = ['context', 'extensions', SUBREGISTRATION];
  const value = memberOf(memberOf(statement['context'], 'extensions'), SUBREGISTRATION);
  if (value === undefined) return;
  const fault = (message: string, at: readonly string[] = path): Fault => ({
    ...{ code: 'SUBREGISTRATION', path: at, severity: 'ERROR' },
    message: `${message} (Profiles 9).`,
  });
  if (memberOf(statement['context'], 'registration') === undefined)
    yield fault('A subregistration needs a registration');
  if (!Array.isArray(value) || value.length === 0) {
    yield fault('The subregistration extension is a list that is not empty');
    return;
  }
  for (const [index, one] of value.entries()) {
    const id = memberOf(one, 'subregistration');
    const isRight = isObject(one) && typeof one['profile'] === 'string' && typeof id === 'string' && UUID.test(id);
    if (!isRight)
      yield fault('A subregistration has a profile and a UUID as subregistration', [...path, String(index)]);
  }
}
