/** Validation of one statement against profiles (sections 5, 7 and 8; the algorithm `validates` of Communication 2.1). */
import { Budget, BudgetSpent } from './budget.js';
import { faultsOfConcepts } from './concept-use.js';
import { declares, matchesDeterminingProperties } from './matching.js';
import type { Fault, ProfileProblem } from './profile-problem.js';
import { wordsOf } from './profile.js';
import type { Profile, StatementTemplate } from './profile.js';
import { isObject, memberOf, withLists } from './statement-parts.js';
import type { Json } from './statement-parts.js';
import { faultsOfSubregistration } from './subregistration.js';
import { faultsOfRule } from './template-rules.js';

/**
 * Which statements a profile has to do with: MATCHING, those with the determining properties of a template or with a
 * concept of it; DECLARED, only those that name it in category.
 */
export type Claim = 'MATCHING' | 'DECLARED';

/** SUCCESS: of one or more templates, all rules kept. INVALID: there is an ERROR. UNMATCHED: of no template. */
export type Outcome = 'SUCCESS' | 'INVALID' | 'UNMATCHED';

/** What one profile says of a statement. */
export interface Verdict {
  readonly profile: Profile;
  readonly outcome: Outcome;
  /** Whether the statement names the profile in category. */
  readonly declared: boolean;
  /** IRIs of the templates whose determining properties it has. */
  readonly templates: readonly string[];
  readonly problems: readonly ProfileProblem[];
}

export interface ValidationOptions {
  readonly claim?: Claim;
  /** A statement that this one may refer to, where it is at hand. */
  readonly referred?: (id: string) => unknown;
}

const MAXIMUM_PROBLEMS = 50;
/** How far statements are followed that refer to others, which may go in a circle. */
const MAXIMUM_REFERENCES = 5;

/** What the profiles say of the statement, in their order. It never throws, whatever the statement is. */
export function validate(statement: unknown, profiles: readonly Profile[], options: ValidationOptions = {}): Verdict[] {
  const body = isObject(statement) ? withLists(statement) : {};
  return profiles.map((profile) => validateAgainst(body, profile, options));
}

function validateAgainst(
  statement: Json,
  profile: Profile,
  { claim = 'MATCHING', referred }: ValidationOptions,
): Verdict {
  const declared = declares(statement, profile);
  if (claim === 'DECLARED' && !declared) {
    return { profile, outcome: 'UNMATCHED', declared, templates: [], problems: [] };
  }
  const means = { budget: new Budget(), referred: referred ?? (() => undefined), depth: 0 };
  const check = new Check(statement, profile, means);
  const templates = check.matching();
  const problems: ProfileProblem[] = [];
  for (const [template, fault] of affordable(check.faults(templates, declared))) {
    if (problems.length === MAXIMUM_PROBLEMS) break;
    problems.push({ ...fault, profile: profile.id, version: profile.version, template: template?.id });
  }
  const isInvalid = problems.some(({ severity }) => severity === 'ERROR');
  const outcome = isInvalid ? 'INVALID' : templates.length > 0 ? 'SUCCESS' : 'UNMATCHED';
  return { profile, outcome, declared, templates: templates.map(({ id }) => id), problems };
}

type Found = readonly [template: StatementTemplate | undefined, fault: Fault];

function* affordable(faults: Iterable<Found>): Generator<Found> {
  try {
    yield* faults;
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    yield [undefined, { code: 'TOO_MUCH_TO_CHECK', message: error.message, path: [], severity: 'ERROR' }];
  }
}

interface Means {
  readonly budget: Budget;
  readonly referred: (id: string) => unknown;
  readonly depth: number;
}

/** A statement before the templates of a profile. */
class Check {
  constructor(
    private readonly statement: Json,
    private readonly profile: Profile,
    private readonly means: Means,
  ) {}

  matching(): StatementTemplate[] {
    return this.profile.templates.filter(({ determining }) =>
      matchesDeterminingProperties(this.statement, determining),
    );
  }

  *faults(templates: readonly StatementTemplate[], declared: boolean): Generator<Found> {
    const { statement, profile, means } = this;
    for (const template of templates) for (const fault of this.faultsOf(template)) yield [template, fault];
    for (const fault of faultsOfConcepts(statement, profile.concepts, means.budget)) yield [undefined, fault];
    for (const fault of faultsOfDeclaration(statement, profile, declared, templates.length > 0))
      yield [undefined, fault];
  }

  private *faultsOf(template: StatementTemplate): Generator<Fault> {
    if (template.deprecated) {
      const message = `The template ${wordsOf(template.name)} is deprecated.`;
      yield { code: 'DEPRECATED', message, path: [], severity: 'WARNING' };
    }
    const { objectStatementRefTemplate, contextStatementRefTemplate } = template;
    if (objectStatementRefTemplate) {
      yield* this.faultsOfReference(this.statement['object'], ['object'], objectStatementRefTemplate);
    }
    if (contextStatementRefTemplate) {
      const reference = memberOf(this.statement['context'], 'statement');
      yield* this.faultsOfReference(reference, ['context', 'statement'], contextStatementRefTemplate);
    }
    for (const rule of template.rules) yield* faultsOfRule(rule, this.statement, this.means.budget);
  }

  private *faultsOfReference(reference: unknown, path: readonly string[], wanted: readonly string[]): Generator<Fault> {
    const id = memberOf(reference, 'id');
    if (memberOf(reference, 'objectType') !== 'StatementRef' || typeof id !== 'string') {
      yield {
        code: 'REFERENCE_MISSING',
        message: `${path.join('.')} must be a StatementRef.`,
        path,
        severity: 'ERROR',
      };
      return;
    }
    const { referred, depth } = this.means;
    const other = depth < MAXIMUM_REFERENCES ? referred(id) : undefined;
    if (!isObject(other)) return;
    const check = new Check(withLists(other), this.profile, { ...this.means, depth: depth + 1 });
    const fits = check.matching().some((template) => wanted.includes(template.id) && check.follows(template));
    if (fits) return;
    const message = `The statement ${id} that ${path.join('.')} refers to must be of ${wanted.join(' or ')}.`;
    yield { code: 'OTHER_REFERENCE', message, path: [...path, 'id'], severity: 'ERROR' };
  }

  private follows(template: StatementTemplate): boolean {
    for (const { severity } of this.faultsOf(template)) if (severity === 'ERROR') return false;
    return true;
  }
}

/** What follows from naming a profile in category, or from using its verb outside of its templates (sections 5 and 9). */
function* faultsOfDeclaration(
  statement: Json,
  profile: Profile,
  declared: boolean,
  matched: boolean,
): Generator<Fault> {
  const hasPatterns = profile.patterns.some(({ primary }) => primary);
  const verb = memberOf(statement['verb'], 'id');
  if (declared) yield* faultsOfSubregistration(statement);
  if (declared && hasPatterns && memberOf(statement['context'], 'registration') === undefined) {
    const path = ['context', 'registration'];
    yield {
      code: 'MISSING',
      message: 'Statements of a pattern need a registration (Profiles 9).',
      path,
      severity: 'ERROR',
    };
  }
  if (matched || profile.templates.length === 0) return;
  if (declared) {
    const path = ['context', 'contextActivities', 'category'];
    const message = `The statement names ${profile.id} in category, and none of its templates is for it (Profiles 5, 9).`;
    yield { code: 'NO_TEMPLATE', message, path, severity: hasPatterns ? 'ERROR' : 'WARNING' };
  } else if (typeof verb === 'string' && profile.concepts.get(verb)?.type === 'Verb') {
    const message = `The profile defines the verb ${verb}, and none of its templates is for this statement.`;
    yield { code: 'NO_TEMPLATE', message, path: ['verb', 'id'], severity: 'WARNING' };
  }
}
