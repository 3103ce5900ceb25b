/** How much a problem weighs: an ERROR stops the operation, a WARNING is worth mending. */
export type Severity = 'ERROR' | 'WARNING';

/** One thing that is wrong with what was sent, and where. */
export interface Problem {
  /** Stable, upper case, for programs: `TOO_LONG`, `UNKNOWN_ASSET`. */
  readonly code: string;
  readonly message: string;
  /** From the input's root: `['sections', '0', 'title']`. */
  readonly path: readonly string[];
  readonly severity?: Severity;
  /** How to mend it. */
  readonly hint?: string;
}

/**
 * An expected failure. It is returned, never thrown: a service answers `T | UserError`, a unit of work that returns one
 * rolls back, and GraphQL shows it as a member of the result's union.
 */
export abstract class UserError {
  abstract readonly code: string;

  constructor(
    readonly message: string,
    readonly path: readonly string[] = [],
  ) {}
}

/** There is nothing with this id in the caller's organization; another organization's id looks the same. */
export class NotFound extends UserError {
  readonly code = 'NOT_FOUND';

  constructor(kind: string, id: string, path: readonly string[] = []) {
    super(`${kind} ${id} does not exist.`, path);
  }
}

/** The input breaks rules; every broken rule is listed. */
export class ValidationFailed extends UserError {
  readonly code = 'VALIDATION_FAILED';

  constructor(
    readonly problems: readonly Problem[],
    message = describe(problems),
    path: readonly string[] = [],
  ) {
    super(message, path);
  }
}

/** Someone else changed the thing since the caller read it. */
export class RevisionConflict extends UserError {
  readonly code = 'REVISION_CONFLICT';

  constructor(
    readonly currentRevision: number,
    path: readonly string[] = ['expectedRevision'],
  ) {
    super(`The revision is now ${currentRevision}; read it again and repeat the change.`, path);
  }
}

/** What was asked collides with what is there: a slug or external id in use, an idempotency key with another input. */
export class Conflict extends UserError {
  readonly code = 'CONFLICT';
}

/** The caller may not do this. Thrown, because no operation has it as a result. */
export class AccessDenied extends Error {
  constructor(
    readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN',
    message: string,
    /** Any one of these scopes would do; none when it is not a matter of scopes. */
    readonly sufficientScopes: readonly string[] = [],
  ) {
    super(message);
    this.name = 'AccessDenied';
  }
}

/** What was asked cannot be done at this moment. Thrown, because no operation has it as a result. */
export class TryAgainLater extends Error {
  constructor(
    readonly code: 'RATE_LIMITED' | 'ISSUER_UNREACHABLE' | 'BUSY',
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
    this.name = 'TryAgainLater';
  }
}

/** The caller has made all the requests that it may make in a minute. */
export class QuotaExceeded extends TryAgainLater {
  constructor(readonly quota: { readonly limit: number; readonly remaining: number; readonly reset: number }) {
    super(
      'RATE_LIMITED',
      `This key may make ${quota.limit} requests a minute; ask again in ${quota.reset} seconds.`,
      quota.reset,
    );
    this.name = 'QuotaExceeded';
  }
}

function describe(problems: readonly Problem[]): string {
  const [first] = problems;
  if (!first) return 'The input is not valid.';
  return problems.length === 1 ? first.message : `${first.message} (and ${problems.length - 1} more)`;
}
