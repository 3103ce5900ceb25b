import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ValidationFailed } from '../errors.js';
import type { Problem } from '../errors.js';
import { Refused } from './refused.js';

/**
 * Validates every class-typed argument and body by its class-validator rules. A property without a rule is refused:
 * nothing unvalidated passes a border, so a property that needs no rule says so with `@Allow()`. In no text, however
 * deep, U+0000 or half of a surrogate pair is accepted: PostgreSQL cannot hold the one, UTF-8 not the other.
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

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const found = this.isOurs(metadata) ? findUnstorable(value) : undefined;
    if (!found) return super.transform(value, metadata);
    const path = metadata.data ? [metadata.data, ...found.path] : found.path;
    throw new Refused(new ValidationFailed([{ ...faultOf(found.text), path, severity: 'ERROR' }]));
  }

  /** Not the caller, which a decorator of ours gives; and not a body that its controller takes raw. */
  private isOurs(metadata: ArgumentMetadata): boolean {
    return metadata.type !== 'custom' && (metadata.data !== undefined || this.toValidate(metadata));
  }
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;

const faultOf = (text: string): { code: string; message: string } =>
  text.includes('\0')
    ? { code: 'NUL_CHARACTER', message: 'Text cannot have the character U+0000.' }
    : { code: 'BROKEN_SURROGATE', message: 'Text cannot have half of a surrogate pair.' };

/** The first text that cannot be stored. A loop, not recursion: input may nest deeper than the stack. */
function findUnstorable(root: unknown): { text: string; path: string[] } | undefined {
  const pending: { value: unknown; path: string[] }[] = [{ value: root, path: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && UNSTORABLE.test(value)) return { text: value, path };
    if (typeof value !== 'object' || value === null || value instanceof Date) continue;
    for (const [name, child] of Object.entries(value)) pending.push({ value: child, path: [...path, name] });
  }
  return undefined;
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
