import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** How deep an operation nests fields and how many aliases it uses, each fragment counted wherever it is spread. */
export interface OperationShape {
  readonly depth: number;
  readonly aliases: number;
}

/** The shape of the largest operation of a validated document (so fragments do not spread themselves). */
export function shapeOf(document: DocumentNode): OperationShape {
  const measure = new ShapeMeasure(document);
  const shapes = document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => measure.selections(operation.selectionSet));
  return largest(shapes);
}

class ShapeMeasure {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, OperationShape>();

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  selections({ selections }: SelectionSetNode): OperationShape {
    const shapes = selections.map((selection): OperationShape => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return this.fragment(selection.name.value);
      const below = selection.selectionSet ? this.selections(selection.selectionSet) : EMPTY;
      if (selection.kind === Kind.INLINE_FRAGMENT) return below;
      return { depth: below.depth + 1, aliases: below.aliases + (selection.alias ? 1 : 0) };
    });
    return { depth: largest(shapes).depth, aliases: shapes.reduce((sum, { aliases }) => sum + aliases, 0) };
  }

  /** Measured once: fragments that spread fragments would otherwise take exponential time. */
  private fragment(name: string): OperationShape {
    const known = this.measured.get(name);
    if (known) return known;
    const definition = this.fragments.get(name);
    const shape = definition ? this.selections(definition.selectionSet) : EMPTY;
    this.measured.set(name, shape);
    return shape;
  }
}

const EMPTY: OperationShape = { depth: 0, aliases: 0 };

function largest(shapes: readonly OperationShape[]): OperationShape {
  return {
    depth: Math.max(0, ...shapes.map(({ depth }) => depth)),
    aliases: Math.max(0, ...shapes.map(({ aliases }) => aliases)),
  };
}
