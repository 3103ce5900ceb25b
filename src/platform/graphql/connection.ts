import type { Type } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Page } from '../database/keyset.js';
import { PageInfo } from './page-info.object.js';

/** A page of a list in the shape of the Relay connection specification. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: Promise<number>;
}

/**
 * Declares `<Name>Connection` and `<Name>Edge` for an object type. Call it once for each type, beside the type.
 *
 * @param name the type's name in GraphQL; by default the class's name without `Object`
 */
export function connectionOf<T>(Node: Type<T>, name = Node.name.replace(/Object$/, '')): Type<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a page, with its cursor.` })
  class Edge {
    @Field(() => String, { description: 'Opaque; send it as `after` or `before` to go on from here.' })
    cursor!: string;

    @Field(() => Node, { description: `The ${name}.` })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} items.` })
  class ConnectionObject {
    @Field(() => [Edge], { description: 'The items, each with its cursor.' })
    edges!: Edge[];

    @Field(() => [Node], { description: 'The items alone.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many items there are on all pages. Counted only when selected.' })
    totalCount!: Promise<number>;
  }
  return ConnectionObject;
}

/**
 * Shows a page as a connection.
 *
 * @param countAll counts the items of all pages; it runs only when the operation selects `totalCount`
 */
export function toConnection<T>(page: Page<T>, countAll: () => Promise<number>): Connection<T> {
  const edges = page.items.map((node, index) => ({ cursor: page.cursors[index] as string, node }));
  return {
    edges,
    nodes: page.items,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges.at(0)?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
    get totalCount() {
      return countAll();
    },
  };
}
