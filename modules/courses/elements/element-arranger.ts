import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { NotFound, UserError, type Conflict, type ValidationFailed } from '../../../src/platform/errors.js';
import { Idempotency } from '../../../src/platform/graphql/idempotency/idempotency.js';
import { ElementChanged, refusal } from '../course.errors.js';
import { isUuid } from '../course.js';
import { copyOf, subtreeOf } from './copy.js';
import type { Element } from './element.js';
import { ElementStore } from './element.store.js';
import { outOfRange, PlaceKeeper, type FoundParent } from './place-keeper.js';
import { ReferenceChecker } from './reference-checker.js';

export interface MoveElement {
  readonly id: string;
  readonly expectedRevision?: number | null | undefined;
  /** The present parent when left out. */
  readonly parentId?: string | null | undefined;
  /** From 0, counted without the element itself; the end of the list when left out. */
  readonly position?: number | null | undefined;
}

export interface CopyElement {
  readonly id: string;
  /** The parent of the original when left out. */
  readonly parentId?: string | null | undefined;
  /** From 0; right behind the original in its own list, the end of any other list, when left out. */
  readonly position?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Moving and copying elements of drafts. */
@Injectable()
export class ElementArranger {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly elements: ElementStore,
    private readonly places: PlaceKeeper,
    private readonly references: ReferenceChecker,
  ) {}

  /** Moves an element, with everything below it, to another place of its course. */
  async move(
    principal: Principal,
    input: MoveElement,
  ): Promise<Element | NotFound | ValidationFailed | ElementChanged> {
    requireScope(principal, 'author');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const element = await this.places.element(input.id);
      if (element === undefined) return new NotFound('Element', input.id, ['id']);
      if (input.expectedRevision != null && input.expectedRevision !== element.revision)
        return new ElementChanged(element);
      const failure =
        input.parentId == null || input.parentId === parentIdOf(element)
          ? await this.moveInside(element, input.position)
          : await this.moveBelow(principal, element, input.parentId, input.position);
      return failure ?? (await this.elements.get(element.id));
    });
  }

  /** Copies an element with everything below it; references inside the copy lead to the copies. Also to another course. */
  async copy(
    principal: Principal,
    { idempotencyKey, ...input }: CopyElement,
  ): Promise<Element | NotFound | ValidationFailed | Conflict> {
    requireScope(principal, 'author');
    return this.idempotency.run(principal, idempotencyKey, 'copyElement', input, async () => {
      const original = isUuid(input.id) ? await this.elements.find(input.id) : undefined;
      if (original === undefined) return new NotFound('Element', input.id, ['id']);
      const parent = await this.places.parent(original.type, input.parentId ?? parentIdOf(original));
      if (parent instanceof UserError) return parent;
      // Read only now, when a writer of the same course has finished: the original may have changed or gone meanwhile.
      const subtree = subtreeOf(original.id, await this.elements.ofCourses([original.courseId]));
      return subtree[0] === undefined
        ? new NotFound('Element', input.id, ['id'])
        : this.insertCopy(principal, [subtree[0], ...subtree.slice(1)], parent, input.position);
    });
  }

  private async insertCopy(
    principal: Principal,
    subtree: readonly [Element, ...Element[]],
    parent: FoundParent,
    position: number | null | undefined,
  ): Promise<Element | ValidationFailed> {
    const [original] = subtree;
    const wanted =
      position ??
      (parent.elementId === original.parentId && parent.courseId === original.courseId
        ? original.position + 1
        : undefined);
    const free = await this.places.makeRoom(original.type, original.kind, parent, { wanted, added: subtree.length });
    if (free instanceof UserError) return free;
    const problems = await this.references.check(
      principal.organizationId,
      original.type,
      original.content,
      parent.elementId,
    );
    if (problems) return problems;
    const [copy, ...below] = copyOf(subtree, parent.courseId);
    await this.elements.insert([{ ...copy, parentId: parent.elementId, position: free }, ...below]);
    return this.elements.get(copy.id);
  }

  private async moveInside(element: Element, wanted: number | null | undefined): Promise<ValidationFailed | undefined> {
    const last = (await this.elements.count(element)).list - 1;
    const position = wanted ?? last;
    if (position > last) return outOfRange(last);
    await this.elements.reorder(element, position);
    return undefined;
  }

  private async moveBelow(
    { organizationId }: Principal,
    element: Element,
    parentId: string,
    wanted: number | null | undefined,
  ): Promise<ValidationFailed | NotFound | undefined> {
    const { id, type, kind, content, position } = element;
    const parent = await this.places.parent(type, parentId);
    if (parent instanceof UserError) return parent;
    if (parent.courseId !== element.courseId) return otherCourse();
    const free = await this.places.makeRoom(type, kind, parent, { wanted: wanted ?? undefined, added: 0 });
    if (free instanceof UserError) return free;
    const problems = await this.references.check(organizationId, type, content, parent.elementId);
    if (problems) return problems;
    await this.elements.place(id, parent.elementId, free);
    await this.elements.shift(element, position, -1);
    return undefined;
  }
}

const parentIdOf = ({ parentId, courseId }: Element) => parentId ?? courseId;

const otherCourse = () =>
  refusal(
    'OTHER_COURSE',
    'An element is moved inside its course only.',
    ['parentId'],
    'Copy it there and delete it here.',
  );
