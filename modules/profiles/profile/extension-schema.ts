/** JSON Schemas of extensions (draft 7, section 7.2): compiled once, without network, and with a known price. */
import { Ajv } from 'ajv';
import type { AnySchema, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Budget } from './budget.js';
import { LinearRegExp } from './linear-regexp.js';

/** What is wrong with a value. */
export interface SchemaFault {
  readonly message: string;
  /** From the value's root. */
  readonly path: readonly string[];
}

const MAXIMUM_TEXT = 65_536;
const MAXIMUM_PRICE = 20_000;
const MAXIMUM_DEPTH = 32;

/** Those whose rules take linear time. Others are not checked: draft 7 leaves that open. */
const FORMATS = ['date', 'time', 'date-time', 'duration', 'uri', 'email', 'uuid', 'ipv4', 'json-pointer'] as const;

const ajv = new Ajv({
  strict: false,
  logger: false,
  addUsedSchema: false,
  code: { regExp: Object.assign((pattern: string) => new LinearRegExp(pattern), { code: 'new LinearRegExp' }) },
});
addFormats.default(ajv, { mode: 'fast', formats: [...FORMATS] });

/** A schema that is ready to check values. */
export class ExtensionSchema {
  private constructor(
    private readonly validate: ValidateFunction,
    private readonly price: Price,
  ) {}

  /** @returns a text that says what is wrong with the schema */
  static parse(text: string): ExtensionSchema | string {
    if (text.length > MAXIMUM_TEXT) return `is longer than ${MAXIMUM_TEXT} characters`;
    try {
      const schema: unknown = JSON.parse(text);
      if ((typeof schema !== 'object' && typeof schema !== 'boolean') || schema === null || Array.isArray(schema)) {
        return 'is not a JSON Schema';
      }
      const price = priceOf(schema);
      return new ExtensionSchema(compile(schema), price);
    } catch (error) {
      return `is not a JSON Schema of draft 7 that can be checked: ${(error as Error).message}`;
    }
  }

  /** @throws BudgetSpent when the value is too large for what the schema asks */
  check(value: unknown, budget: Budget): SchemaFault | undefined {
    const size = sizeOf(value, budget);
    budget.spend(this.price.work * (this.price.comparesAll ? size * size : size));
    if (this.validate(value)) return undefined;
    const [error] = this.validate.errors ?? [];
    const path = (error?.instancePath ?? '').split('/').slice(1);
    const name = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');
    return { message: error?.message ?? 'does not fit its schema', path: path.map(name) };
  }
}

function compile(schema: AnySchema): ValidateFunction {
  try {
    return ajv.compile(schema);
  } finally {
    // It keeps what it has compiled by the schema object, for good.
    ajv.removeSchema(schema);
  }
}

interface Price {
  /** At most so much work for each value and character below the checked value. */
  readonly work: number;
  /** Whether it has uniqueItems, which compares each value with each. */
  readonly comparesAll: boolean;
}

/** @throws Error with what is wrong */
function priceOf(root: object | boolean): Price {
  const pricing = new Pricing(root);
  return { work: pricing.of(root, 0), comparesAll: pricing.comparesAll };
}

/**
 * What checking one value costs at most, all references followed. Schemas that refer to themselves have no such number,
 * and a few lines of references that double have one that is too large.
 */
class Pricing {
  comparesAll = false;
  private readonly known = new Map<object, number>();
  private readonly open = new Set<object>();

  constructor(private readonly root: object | boolean) {}

  of(node: unknown, depth: number): number {
    if (typeof node !== 'object' || node === null) return 1;
    if (depth > MAXIMUM_DEPTH) throw new Error(`It nests more than ${MAXIMUM_DEPTH} levels deep.`);
    if (this.open.has(node)) throw new Error('It refers to itself.');
    const known = this.known.get(node);
    if (known !== undefined) return known;
    this.open.add(node);
    let sum = 1;
    for (const [keyword, value] of Object.entries(node)) sum += this.ofKeyword(keyword, value, node, depth);
    this.open.delete(node);
    if (sum > MAXIMUM_PRICE) throw new Error('It is too large, all its references followed.');
    this.known.set(node, sum);
    return sum;
  }

  private ofKeyword(keyword: string, value: unknown, node: object, depth: number): number {
    // Ajv's own: it would answer with a promise.
    if (keyword === '$async') throw new Error('$async is no keyword of draft 7.');
    if (keyword === '$id' && node !== this.root) throw new Error('Only the whole schema may have an $id.');
    this.comparesAll ||= keyword === 'uniqueItems' && value === true;
    const referred = keyword === '$ref' && typeof value === 'string' ? this.of(resolve(this.root, value), 0) : 0;
    return this.of(value, depth + 1) + patternPrice(keyword, value) + referred;
  }
}

function patternPrice(keyword: string, value: unknown): number {
  if (keyword === 'pattern' && typeof value === 'string') return new LinearRegExp(value).size;
  if (keyword !== 'patternProperties' || typeof value !== 'object' || value === null) return 0;
  return Object.keys(value).reduce((sum, pattern) => sum + new LinearRegExp(pattern).size, 0);
}

/** @throws Error for what is not in the schema: nothing is fetched */
function resolve(root: unknown, reference: string): unknown {
  if (!/^#(\/|$)/.test(reference)) throw new Error(`It refers to ${reference}; only places in itself are known.`);
  let node = root;
  for (const part of decodeURIComponent(reference).split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) {
      throw new Error(`It refers to ${reference}, which is not there.`);
    }
    node = (node as Record<string, unknown>)[name];
  }
  return node;
}

/** How many values and characters there are. */
function sizeOf(root: unknown, budget: Budget): number {
  let size = 0;
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    size += 1;
    budget.spend(1);
    if (typeof value === 'string') size += value.length;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      size += Array.isArray(value) ? 0 : key.length;
      pending.push(child);
    }
  }
  return size;
}
