import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { ValidationFailed } from '../errors.js';
import { Refused } from './refused.js';

/**
 * An argument that is the UUID of something; left out, it stays so.
 *
 * @throws Refused with the name of the argument as the path
 */
@Injectable()
export class UuidPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { data = 'id' }: ArgumentMetadata): unknown {
    if (value === undefined || value === null || isUUID(value)) return value;
    const problem = { code: 'IS_UUID', message: `${data} must be a UUID.`, path: [data] };
    throw new Refused(new ValidationFailed([{ ...problem, severity: 'ERROR' }]));
  }
}
