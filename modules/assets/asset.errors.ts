import { ValidationFailed } from '../../src/platform/errors.js';

/** One reason why a file is not taken. */
export function refusal(code: string, message: string, field: string, hint?: string): ValidationFailed {
  return new ValidationFailed([
    { code, message, path: [field], severity: 'ERROR', ...(hint === undefined ? {} : { hint }) },
  ]);
}
