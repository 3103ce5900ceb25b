/** One broken rule: which, where (keys and indexes from the statement's root), and why. */
export interface StatementProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly path: readonly string[];
}

export type ProblemCode =
  | 'WRONG_TYPE'
  | 'BAD_FORMAT'
  | 'REQUIRED'
  | 'UNKNOWN_PROPERTY'
  | 'NOT_ALLOWED'
  | 'OUT_OF_RANGE'
  | 'DUPLICATE';

/** Checks one value and reports what is wrong with it. */
export type Rule = (value: unknown, report: Report) => void;

/** Enough to mend what was sent; a body of garbage would otherwise be answered by more of it. */
const MAXIMUM_PROBLEMS = 20;

/** Collects problems while rules walk through a value; it knows where they are. */
export class Report {
  readonly problems: StatementProblem[] = [];
  private readonly path: string[] = [];

  /** Checks a part of the value at hand. */
  inside(key: string, value: unknown, rule: Rule): void {
    this.path.push(key);
    rule(value, this);
    this.path.pop();
  }

  add(code: ProblemCode, message: string, ...below: string[]): void {
    if (this.problems.length < MAXIMUM_PROBLEMS) this.problems.push({ code, message, path: [...this.path, ...below] });
  }
}
