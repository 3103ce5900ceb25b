import { QueryFailedError } from 'typeorm';

/** PostgreSQL's error code (SQLSTATE) of a failed statement, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const driverError = driverErrorOf(error);
  return typeof driverError?.code === 'string' ? driverError.code : undefined;
}

/** Whether the statement broke a unique constraint, of this name when one is given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return sqlState(error) === '23505' && (constraint === undefined || driverErrorOf(error)?.constraint === constraint);
}

/** Whether running the whole transaction again may succeed: serialization failure or deadlock. */
export function isWorthRerunning(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

function driverErrorOf(error: unknown): { code?: unknown; constraint?: unknown } | undefined {
  const driverError: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return driverError instanceof Error ? (driverError as { code?: unknown; constraint?: unknown }) : undefined;
}
