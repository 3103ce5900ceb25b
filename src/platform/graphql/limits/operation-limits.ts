import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { limitExceeded } from './limit-exceeded.js';
import { costOf, type Operation } from './operation-cost.js';
import { shapeOf } from './operation-shape.js';

const MAX_ALIASES = 100;

/** What an operation asks for and what it may ask for at most; each answer has it in `extensions.cost`. */
export interface Cost {
  readonly requested: number;
  readonly maximum: number;
}

/** Decides whether a parsed, validated operation may run. */
@Injectable()
export class OperationLimits {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws GraphQLError with the code of the limit that the operation exceeds, before anything of it runs. */
  admit(operation: Operation): Cost {
    const { depth, aliases } = shapeOf(operation.document);
    const { graphqlMaxDepth, graphqlMaxCost } = this.config;
    if (depth > graphqlMaxDepth) {
      throw limitExceeded('QUERY_TOO_DEEP', `The operation nests ${depth} fields.`, graphqlMaxDepth);
    }
    if (aliases > MAX_ALIASES) {
      throw limitExceeded('QUERY_TOO_MANY_ALIASES', `The operation has ${aliases} aliases.`, MAX_ALIASES);
    }
    const requested = costOf(operation, graphqlMaxCost);
    if (requested > graphqlMaxCost) {
      throw limitExceeded('QUERY_TOO_COSTLY', `The operation costs ${requested} points.`, graphqlMaxCost);
    }
    return { requested, maximum: graphqlMaxCost };
  }
}
