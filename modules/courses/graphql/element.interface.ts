import { Field, ID, InterfaceType, Int } from '@nestjs/graphql';
import type { ElementType } from '../elements/element.js';

/** What tells the object type of an element. */
interface Typed {
  readonly type: ElementType;
  readonly kind?: string;
}

const typeNames = new Map<string, string>();

const keyOf = ({ type, kind = type }: Typed) => `${type} ${kind}`;

export function nameType(element: Typed, name: string): void {
  typeNames.set(keyOf(element), name);
}

export const typeNameOf = (element: Typed): string | undefined => typeNames.get(keyOf(element));

/** What every element of a draft has. */
@InterfaceType('Element', {
  description: 'A part of a draft: a section, a lesson, or anything in a lesson.',
  resolveType: typeNameOf,
})
export abstract class ElementInterface {
  @Field(() => ID, { description: 'Id of the element; the same in every published version.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the course it is in.' })
  courseId!: string;

  @Field(() => ID, { description: 'Id of what it stands right below: the course for a section, else an element.' })
  parentId!: string;

  @Field(() => Int, { description: 'Place among its siblings, from 0.' })
  position!: number;

  @Field(() => String, { nullable: true, description: 'Your own id of the element, unique in the course.' })
  externalId?: string;

  @Field(() => Int, { description: 'Grows when the element changes or moves; to be sent as `expectedRevision`.' })
  revision!: number;

  @Field(() => Date, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it was last changed or moved.' })
  updatedAt!: Date;
}
