import { Injectable } from '@nestjs/common';
import { AccessDenied, ValidationFailed } from '../../src/platform/errors.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { bundledEntries, ProfileLibrary } from './library/profile-library.js';
import { validate } from './profile/validate.js';
import type { Claim, Verdict } from './profile/validate.js';

const MAXIMUM_DEPTH = 250;

/** A statement to try. */
export interface Trial {
  /** JSON of one statement. */
  readonly json: string;
  /** IRIs of profiles or of versions; without them, those that come with the service. */
  readonly profiles?: readonly string[] | undefined;
  readonly claim: Claim;
}

/** Trying statements against profiles. Nothing is kept. */
@Injectable()
export class ChecksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly library: ProfileLibrary,
  ) {}

  /**
   * What the profiles say of a statement. Any key may ask but those that packages carry.
   *
   * @returns ValidationFailed when it is no JSON object, or a profile is not there
   */
  async check(principal: Principal, { json, profiles, claim }: Trial): Promise<Verdict[] | ValidationFailed> {
    if (principal.restriction) throw new AccessDenied('FORBIDDEN', 'Keys of packages may only send statements.');
    const statement = parse(json);
    if (statement instanceof ValidationFailed) return statement;
    const iris = profiles ?? bundledEntries().map(({ version }) => version);
    const { organizationId } = principal;
    const found = await this.unitOfWork.read(organizationId, () => this.library.resolve(organizationId, iris));
    const missing = iris.flatMap((iri, index) => (found[index] ? [] : [{ iri, index }]));
    if (missing.length > 0) {
      return new ValidationFailed(
        missing.map(({ iri, index }) => ({
          ...{ code: 'UNKNOWN_PROFILE', message: `There is no profile ${iri}.`, path: ['profiles', String(index)] },
        })),
      );
    }
    return validate(
      statement,
      found.filter((profile) => profile !== undefined),
      { claim },
    );
  }
}

function parse(json: string): object | ValidationFailed {
  const failed = (code: string, message: string) => new ValidationFailed([{ code, message, path: ['json'] }]);
  try {
    const statement: unknown = JSON.parse(json);
    if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) {
      return failed('WRONG_TYPE', 'A statement is a JSON object.');
    }
    return depthOf(statement) > MAXIMUM_DEPTH
      ? failed('TOO_DEEP', `JSON may nest ${MAXIMUM_DEPTH} levels deep.`)
      : statement;
  } catch (error) {
    return failed('MALFORMED_JSON', `The statement is not JSON: ${(error as Error).message}`);
  }
}

function depthOf(root: object): number {
  let deepest = 0;
  const pending: { value: object; depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    deepest = Math.max(deepest, depth);
    for (const child of Object.values(value) as unknown[]) {
      if (typeof child === 'object' && child !== null) pending.push({ value: child, depth: depth + 1 });
    }
  }
  return deepest;
}
