/** The output types of elements: an interface for each type of element, an object type for each kind of it. */
import type { Type } from '@nestjs/common';
import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import type { ElementType } from '../elements/element.js';
import { admits, PLACES, type Parent, type Place } from '../elements/places.js';
import { declareFields, descriptionOf } from './content-types.js';
import { ElementInterface, nameType, typeNameOf } from './element.interface.js';
import { FAMILIES, kindsOf, type Family } from './families.js';
import { kindOfSchema, titleOf } from './kind-names.js';

const familyTypes = new Map<ElementType, Type>();
const kindTypes = new Map<string, Type>();

for (const family of FAMILIES) familyTypes.set(family.type, declareFamily(family));

/** What a field shows whose value is an element of a type: the interface, or the object type of the only kind. */
export const typeOfFamily = (type: ElementType): Type => declared(familyTypes.get(type));

/** What a list holds. */
export const typeInList = ({ type, kind }: Place): Type =>
  kind === undefined ? typeOfFamily(type) : declared(kindTypes.get(`${type} ${kind}`));

function declared(type: Type | undefined): Type {
  if (type === undefined) throw new Error('Every type of element has a line in FAMILIES.');
  return type;
}

function declareFamily(family: Family): Type {
  const kinds = kindsOf(family);
  if (family.content instanceof z.ZodObject) return declareKind(family, family.content, []);
  const shared = sharedFields(kinds);
  class FamilyInterface extends ElementInterface {}
  const options = { description: family.description, implements: () => ElementInterface, resolveType: typeNameOf };
  InterfaceType(family.name, options)(FamilyInterface);
  declareFields(FamilyInterface, z.strictObject(shared));
  for (const kind of kinds) declareKind(family, kind, [FamilyInterface], new Set(Object.keys(shared)));
  return FamilyInterface;
}

/** The fields that every kind has by the very same schema. */
function sharedFields([first, ...others]: readonly z.ZodObject[]): z.ZodRawShape {
  const fields = Object.entries(first?.shape ?? {}) as [string, z.ZodType][];
  return Object.fromEntries(fields.filter(([name, field]) => others.every(({ shape }) => shape[name] === field)));
}

function declareKind(family: Family, schema: z.ZodObject, interfaces: Type[], inherited?: ReadonlySet<string>): Type {
  const kind = kindOfSchema(schema) ?? family.type;
  const name = schema === family.content ? family.name : titleOf(schema);
  class Kind {}
  ObjectType(name, { description: descriptionOf(schema), implements: () => [ElementInterface, ...interfaces] })(Kind);
  declareFields(Kind, schema, inherited);
  declareLists(Kind, { type: family.type, kind });
  nameType({ type: family.type, kind }, name);
  kindTypes.set(`${family.type} ${kind}`, Kind);
  return Kind;
}

/** Declares the lists that stand below a parent. */
export function declareLists(target: Type, parent: Parent): void {
  for (const place of PLACES.filter((candidate) => admits(candidate, parent))) {
    Field(() => [typeInList(place)], { description: place.description })(target.prototype as object, place.list);
  }
}
