import { ValidateBy } from 'class-validator';
import { courseFields } from '../../exporters/document/index.js';

/** Accepts what a course accepts as its language. */
export function IsLanguageTag(): PropertyDecorator {
  return ValidateBy({
    name: 'isLanguageTag',
    validator: {
      validate: (value: unknown) => courseFields.language.safeParse(value).success,
      defaultMessage: () => 'language must be a BCP 47 language tag such as en or pt-BR',
    },
  });
}
