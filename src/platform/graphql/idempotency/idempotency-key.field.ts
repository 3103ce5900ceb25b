import { applyDecorators } from '@nestjs/common';
import { Field } from '@nestjs/graphql';
import { IsOptional, Matches } from 'class-validator';

/** The `idempotencyKey` of a creating mutation's input, for {@link Idempotency.run}. */
export function IdempotencyKeyField(): PropertyDecorator {
  return applyDecorators(
    Field(() => String, {
      nullable: true,
      description:
        'Makes the request safe to repeat: within 24 hours the same key with the same input answers what it answered ' +
        'first, and creates nothing again. 1 to 200 printable ASCII characters; a random UUID will do.',
    }),
    IsOptional(),
    Matches(/^[\x21-\x7e]{1,200}$/, { message: 'idempotencyKey must be 1 to 200 printable ASCII characters' }),
  );
}
