import type { Type } from '@nestjs/common';
import { Args, Field, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Allow } from 'class-validator';
import { z } from 'zod';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { mapSuccess, resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import { CourseService } from '../course.service.js';
import { ElementService } from '../elements/element.service.js';
import { inputOf, oneOfInput } from './content-types.js';
import { typeOfFamily } from './element-types.js';
import { CreateElementInput, ElementConflictError, UpdateElementInput } from './element.graphql.js';
import { viewWithLists } from './element.view.js';
import type { Family } from './families.js';
import { contentFrom, inInput } from './input-shape.js';

type Shown = Record<string, unknown> | UserError;

/** The resolver of what only one type of element has: `createBlock` and `updateBlock`. */
export function elementMutations(family: Family): Type {
  const { type, name, content: schema } = family;
  const { CreateResult, UpdateResult, field, words } = answersOf(family);

  @InputType(`Create${name}Input`, { description: `The ${words} to create, and where.` })
  class CreateInput extends CreateElementInput {
    readonly content: unknown;
  }
  declareContent(CreateInput, schema, `The content of the ${words}.`);

  @InputType(`Update${name}Input`, { description: `The ${words} to change.` })
  class UpdateInput extends UpdateElementInput {
    readonly content: unknown;
  }
  declareContent(UpdateInput, schema, 'The content that replaces the present one; of the same kind.');

  @Resolver()
  class ElementMutations {
    constructor(
      private readonly elements: ElementService,
      private readonly courses: CourseService,
    ) {}

    @Mutation(() => CreateResult, { name: `create${name}`, description: `Creates a ${words} below ${family.parent}.` })
    async create(
      @CurrentPrincipal() principal: Principal,
      @Args('input', { description: 'What to create, and where.' }) input: CreateInput,
    ): Promise<Shown> {
      const content = contentFrom(schema, input.content);
      const written = mapSuccess(
        await this.elements.create(principal, type, { ...input, content }),
        ({ element, created }) => ({
          [field]: viewWithLists(element, principal, this.courses),
          created,
        }),
      );
      return inInput(written, schema, content);
    }

    @Mutation(() => UpdateResult, { name: `update${name}`, description: `Replaces the content of a ${words}.` })
    async update(
      @CurrentPrincipal() principal: Principal,
      @Args('input', { description: 'What to change.' }) input: UpdateInput,
    ): Promise<Shown> {
      const content = contentFrom(schema, input.content);
      const written = mapSuccess(await this.elements.update(principal, type, { ...input, content }), (element) => ({
        [field]: viewWithLists(element, principal, this.courses),
      }));
      return inInput(written, schema, content);
    }
  }
  return ElementMutations;
}

/** Content is validated by its schema, in the service. */
function declareContent(target: Type, schema: Family['content'], description: string): void {
  const reference = schema instanceof z.ZodObject ? inputOf(schema) : oneOfInput(schema);
  Field(() => reference, { description })(target.prototype as object, 'content');
  Allow()(target.prototype as object, 'content');
}

function answersOf({ type, name }: Family) {
  const field = name.charAt(0).toLowerCase() + name.slice(1);
  const words = name.replace(/(?<=.)([A-Z])/g, ' $1').toLowerCase();

  @ObjectType(`Create${name}Success`, { description: `The ${words} was written.` })
  class CreateSuccess {
    @Field(() => Boolean, { description: 'False when one with this externalId was there and got the content.' })
    readonly created!: boolean;
  }

  @ObjectType(`Update${name}Success`, { description: `The ${words} was changed.` })
  class UpdateSuccess {}

  for (const { prototype } of [CreateSuccess, UpdateSuccess]) {
    Field(() => typeOfFamily(type), { description: `The ${words}.` })(prototype, field);
  }
  return {
    field,
    words,
    CreateResult: resultUnion(`Create${name}Result`, [CreateSuccess, NotFoundError, ValidationError, ConflictError]),
    UpdateResult: resultUnion(`Update${name}Result`, [
      UpdateSuccess,
      NotFoundError,
      ValidationError,
      ElementConflictError,
    ]),
  };
}
