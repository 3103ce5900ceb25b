import type { Problem } from '../../../../src/platform/errors.js';

/** Problems that a reading has found so far. */
export class Findings {
  readonly problems: Problem[] = [];

  error(code: string, message: string, path: readonly (string | number)[]): void {
    this.problems.push({ code, message, path: path.map(String), severity: 'ERROR' });
  }

  warning(code: string, message: string, path: readonly (string | number)[]): void {
    this.problems.push({ code, message, path: path.map(String), severity: 'WARNING' });
  }
}
