import { ValidateBy, type ValidationArguments } from 'class-validator';

/** Refuses a value when the other property has one too. */
export function NotTogetherWith(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'notTogetherWith',
    validator: {
      validate: (_: unknown, { object }: ValidationArguments) => (object as Record<string, unknown>)[other] == null,
      defaultMessage: ({ property }: ValidationArguments) => `${property} cannot be given together with ${other}`,
    },
  });
}
