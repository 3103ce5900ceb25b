import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { Conflict, NotFound, UserError, type ValidationFailed } from '../../../src/platform/errors.js';
import { Idempotency } from '../../../src/platform/graphql/idempotency/idempotency.js';
import { ElementChanged, refusal } from '../course.errors.js';
import { isUuid } from '../course.js';
import { parseContent } from './content.js';
import { kindOf, type Element, type ElementContent, type ElementType } from './element.js';
import { ElementStore } from './element.store.js';
import { PlaceKeeper, type FoundParent } from './place-keeper.js';
import { ReferenceChecker } from './reference-checker.js';

export interface CreateElement {
  readonly parentId: string;
  readonly content: unknown;
  readonly position?: number | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdateElement {
  readonly id: string;
  readonly expectedRevision: number;
  readonly content: unknown;
}

/** An element that was written, and whether it is new. */
export interface WrittenElement {
  readonly element: Element;
  readonly created: boolean;
}

/** Creating, changing and deleting elements of drafts. */
@Injectable()
export class ElementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly elements: ElementStore,
    private readonly places: PlaceKeeper,
    private readonly references: ReferenceChecker,
  ) {}

  async find(principal: Principal, id: string): Promise<Element | undefined> {
    requireScope(principal, 'author');
    if (!isUuid(id)) return undefined;
    return this.unitOfWork.read(principal.organizationId, () => this.elements.find(id));
  }

  /** Adds an element below a parent. One of the same type that has the external id gets the content instead. */
  async create(
    principal: Principal,
    type: ElementType,
    input: CreateElement,
  ): Promise<WrittenElement | NotFound | ValidationFailed | Conflict> {
    requireScope(principal, 'author');
    const content = parseContent(type, input.content);
    if (content instanceof UserError) return content;
    const { idempotencyKey, ...request } = input;
    return this.idempotency.run(principal, idempotencyKey, `create ${type}`, request, async () => {
      const parent = await this.places.parent(type, input.parentId);
      if (parent instanceof UserError) return parent;
      const { externalId } = input;
      const twin = externalId == null ? undefined : await this.elements.findByExternalId(parent.courseId, externalId);
      return twin === undefined
        ? this.add(principal, type, parent, content, input)
        : this.overwrite(principal, type, twin, content);
    });
  }

  /** Replaces the content of an element; its kind stays. */
  async update(
    principal: Principal,
    type: ElementType,
    { id, expectedRevision, content: input }: UpdateElement,
  ): Promise<Element | NotFound | ValidationFailed | ElementChanged> {
    requireScope(principal, 'author');
    const content = parseContent(type, input);
    if (content instanceof UserError) return content;
    return this.unitOfWork.run(principal.organizationId, async () => {
      const element = await this.places.element(id);
      if (element?.type !== type) return new NotFound(type, id, ['id']);
      if (element.revision !== expectedRevision) return new ElementChanged(element);
      return this.replaceContent(principal, element, content);
    });
  }

  /** Deletes an element with everything below it. */
  async delete(
    principal: Principal,
    { id, expectedRevision }: { id: string; expectedRevision: number },
  ): Promise<{ deletedId: string } | NotFound | ElementChanged> {
    requireScope(principal, 'author');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const element = await this.places.element(id);
      if (element === undefined) return new NotFound('Element', id, ['id']);
      if (element.revision !== expectedRevision) return new ElementChanged(element);
      await this.elements.delete([id]);
      await this.elements.shift(element, element.position, -1);
      return { deletedId: id };
    });
  }

  private async add(
    principal: Principal,
    type: ElementType,
    parent: FoundParent,
    content: ElementContent,
    { position: wanted, externalId }: CreateElement,
  ): Promise<WrittenElement | ValidationFailed> {
    const kind = kindOf(content);
    const position = await this.places.makeRoom(type, kind, parent, { wanted: wanted ?? undefined, added: 1 });
    if (position instanceof UserError) return position;
    const problems = await this.references.check(principal.organizationId, type, content, parent.elementId);
    if (problems) return problems;
    const id = uuidV7();
    const { courseId, elementId: parentId } = parent;
    await this.elements.insert([
      { id, courseId, parentId, type, kind, position, externalId: externalId ?? undefined, content },
    ]);
    return { element: await this.elements.get(id), created: true };
  }

  private async overwrite(
    principal: Principal,
    type: ElementType,
    twin: Element,
    content: ElementContent,
  ): Promise<WrittenElement | ValidationFailed | Conflict> {
    if (twin.type !== type) {
      return new Conflict(`The externalId belongs to a ${twin.type} of this course.`, ['externalId']);
    }
    const element = await this.replaceContent(principal, twin, content);
    return element instanceof UserError ? element : { element, created: false };
  }

  private async replaceContent(
    { organizationId }: Principal,
    element: Element,
    content: ElementContent,
  ): Promise<Element | ValidationFailed> {
    const { id, type, kind, parentId } = element;
    if (kindOf(content) !== kind) return kindChanged(element);
    const problems = await this.references.check(organizationId, type, content, parentId);
    if (problems) return problems;
    await this.elements.write(id, content);
    return this.elements.get(id);
  }
}

const kindChanged = ({ type, kind }: Element) =>
  refusal(
    'KIND_CHANGED',
    `This ${type} is of the kind ${kind}.`,
    ['content', 'kind'],
    'Delete it and create another one.',
  );
