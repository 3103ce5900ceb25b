import type { Type } from '@nestjs/common';
import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Allow, IsString, MaxLength } from 'class-validator';
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
export function elementMutations({ type, name, content: schema, parent }: Family): Type {
  const field = name.charAt(0).toLowerCase() + name.slice(1);
  const contentInput = () => (schema instanceof z.ZodObject ? inputOf(schema) : oneOfInput(schema));
  const words = name.replace(/(?<=.)([A-Z])/g, ' $1').toLowerCase();

  @InputType(`Create${name}Input`, { description: `The ${words} to create, and where.` })
  class CreateInput extends CreateElementInput {
    @Field(() => ID, { description: `Id of ${parent} it is to stand below.` })
    @IsString()
    @MaxLength(64)
    parentId!: string;

    // The schema of the content validates it, in the service.
    @Field(contentInput, { description: `The content of the ${words}.` })
    @Allow()
    content!: unknown;
  }

  @InputType(`Update${name}Input`, { description: `The ${words} to change.` })
  class UpdateInput extends UpdateElementInput {
    @Field(contentInput, { description: 'The content that replaces the present one; of the same kind.' })
    @Allow()
    content!: unknown;
  }

  @ObjectType(`Create${name}Success`, { description: `The ${words} was written.` })
  class CreateSuccess {
    @Field(() => Boolean, { description: 'False when one with this externalId was there and got the content.' })
    created!: boolean;
  }

  @ObjectType(`Update${name}Success`, { description: `The ${words} was changed.` })
  class UpdateSuccess {}

  for (const { prototype } of [CreateSuccess, UpdateSuccess]) {
    Field(() => typeOfFamily(type), { description: `The ${words}.` })(prototype, field);
  }

  const CreateResult = resultUnion(`Create${name}Result`, [
    CreateSuccess,
    NotFoundError,
    ValidationError,
    ConflictError,
  ]);
  const UpdateResult = resultUnion(`Update${name}Result`, [
    UpdateSuccess,
    NotFoundError,
    ValidationError,
    ElementConflictError,
  ]);

  @Resolver()
  class ElementMutations {
    constructor(
      private readonly elements: ElementService,
      private readonly courses: CourseService,
    ) {}

    @Mutation(() => CreateResult, { name: `create${name}`, description: `Creates a ${words} below ${parent}.` })
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
