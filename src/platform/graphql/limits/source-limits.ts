import { Lexer, Source, TokenKind, type GraphQLError } from 'graphql';
import { limitExceeded } from './limit-exceeded.js';

/** Content belongs into variables, which MAX_BODY_BYTES bounds; the largest real document is the introspection, 2 kB. */
export const MAX_CHARACTERS = 256 * 1024;
export const MAX_TOKENS = 5_000;
/** Brackets within brackets. Far above any operation that keeps the depth limit, far below what overflows a stack. */
export const MAX_NESTING = 100;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Looks for what would make parsing itself costly, in one pass over the tokens, before the recursive parser and
 * validator see the document. A syntax error is left to the parser, which words it better.
 */
export function sourceProblem(source: string): GraphQLError | undefined {
  if (source.length > MAX_CHARACTERS) {
    const message = `The query text has ${source.length} characters; send content as variables.`;
    return limitExceeded('QUERY_TOO_LONG', message, MAX_CHARACTERS);
  }
  let nesting = 0;
  let tokens = 0;
  for (const kind of tokenKinds(source)) {
    tokens += 1;
    if (OPENING.has(kind)) nesting += 1;
    if (CLOSING.has(kind)) nesting -= 1;
    if (tokens > MAX_TOKENS)
      return limitExceeded('QUERY_TOO_MANY_TOKENS', 'The query text has too many tokens.', MAX_TOKENS);
    if (nesting > MAX_NESTING) {
      return limitExceeded('QUERY_TOO_NESTED', 'The query text nests too many brackets.', MAX_NESTING);
    }
  }
  return undefined;
}

function* tokenKinds(source: string): Generator<string> {
  const lexer = new Lexer(new Source(source));
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) yield token.kind;
  } catch {
    // Not GraphQL from here on: the parser stops at the same place and says why.
  }
}
