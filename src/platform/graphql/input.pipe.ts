import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ValidationFailed } from '../errors.js';
import type { Problem } from '../errors.js';
import { Refused } from './refused.js';

/**
 * Validates every class-typed argument and body by its class-validator rules. A property without a rule is refused:
 * nothing unvalidated passes a border, so a property that needs no rule says so with `@Allow()`.
 *
 * @throws Refused with every broken rule. InputProblemsFilter returns it in the result union where there is one.
 */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new Refused(new ValidationFailed(errors.flatMap((error) => problemsOf(error, [])))),
    });
  }
}

function problemsOf(error: ValidationError, parents: readonly string[]): Problem[] {
  const path = [...parents, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]): Problem => ({
    code: upperSnake(rule),
    message,
    path,
    severity: 'ERROR',
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))];
}

/** class-validator's rule names as problem codes: `maxLength` is `MAX_LENGTH`. */
function upperSnake(rule: string): string {
  return rule.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}
