import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import type { ElementChanged } from '../course.errors.js';
import { CourseService } from '../course.service.js';
import { ElementArranger } from '../elements/element-arranger.js';
import { ElementService } from '../elements/element.service.js';
import {
  CopyElementInput,
  CopyElementResult,
  DeleteElementInput,
  DeleteElementResult,
  ElementConflictError,
  MoveElementInput,
  MoveElementResult,
} from './element.graphql.js';
import { ElementInterface } from './element.interface.js';
import { viewWithLists, type ElementView } from './element.view.js';

/** What can be done with elements of every type alike. */
@Resolver(() => ElementConflictError)
export class ElementResolver {
  constructor(
    private readonly elements: ElementService,
    private readonly arranger: ElementArranger,
    private readonly courses: CourseService,
  ) {}

  @Query(() => ElementInterface, {
    nullable: true,
    description: 'One element of a draft; null when there is none with this id.',
  })
  async element(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the element.' }) id: string,
  ): Promise<ElementView | undefined> {
    const element = await this.elements.find(principal, id);
    return element && viewWithLists(element, principal, this.courses);
  }

  @Mutation(() => MoveElementResult, {
    description: 'Moves an element, with everything below it, to another place of its course.',
  })
  async moveElement(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to move, and where.' }) input: MoveElementInput,
  ): Promise<{ element: ElementView } | UserError> {
    return mapSuccess(await this.arranger.move(principal, input), (element) => ({
      element: viewWithLists(element, principal, this.courses),
    }));
  }

  @Mutation(() => CopyElementResult, {
    description: 'Copies an element with everything below it. References inside the copy lead to the copies.',
  })
  async copyElement(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to copy, and where.' }) input: CopyElementInput,
  ): Promise<{ element: ElementView } | UserError> {
    return mapSuccess(await this.arranger.copy(principal, input), (element) => ({
      element: viewWithLists(element, principal, this.courses),
    }));
  }

  @Mutation(() => DeleteElementResult, {
    description: 'Deletes an element with everything below it. Published versions keep it.',
  })
  deleteElement(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'What to delete.' }) input: DeleteElementInput,
  ): Promise<{ deletedId: string } | UserError> {
    return this.elements.delete(principal, input);
  }

  @ResolveField('current', () => ElementInterface, { description: 'The element as it is now.' })
  currentElement(@CurrentPrincipal() principal: Principal, @Parent() { element }: ElementChanged): ElementView {
    return viewWithLists(element, principal, this.courses);
  }
}
