/** What an organization has said about how long its data is kept. */

/** What a rule is about. */
export type RetentionKindName = 'STATEMENTS' | 'STATE_DOCUMENTS';

/** KEEP wins over DELETE, always. */
export type RetentionAction = 'DELETE' | 'KEEP';

/** By which of its times the age of a statement counts. */
export type AgeBasis = 'STORED' | 'TIMESTAMP';

/** An agent by one of its identifiers. */
export interface RuleAgent {
  readonly account?: { readonly homePage: string; readonly name: string };
  readonly mbox?: string;
  readonly mboxSha1?: string;
  readonly openid?: string;
}

/** Everything that is given must hold; of the values of a list, one must. */
export interface RuleFilter {
  readonly verbs?: readonly string[];
  readonly activities?: readonly string[];
  /** In every place, not only as the object. */
  readonly relatedActivities?: boolean;
  readonly activityTypes?: readonly string[];
  readonly agents?: readonly RuleAgent[];
  /** In every place, not only as the actor and the object. */
  readonly relatedAgents?: boolean;
  readonly registrations?: readonly string[];
  /** Under any registration, or under none. */
  readonly registered?: boolean;
}

/** What a user says of a rule. */
export interface RuleSettings {
  readonly name: string;
  readonly kind: RetentionKindName;
  readonly action: RetentionAction;
  /**
   * DELETE: what is older goes. KEEP: what is not older stays; undefined keeps for ever.
   */
  readonly days: number | undefined;
  readonly basis: AgeBasis;
  readonly filter: RuleFilter;
  readonly enabled: boolean;
}

export interface RetentionRule extends RuleSettings {
  readonly id: string;
  /** Grows when the settings change. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const DAY_MS = 86_400_000;

/** Before then is too old. Undefined: nothing is. */
export const cutoffOf = ({ days }: Pick<RuleSettings, 'days'>, asOf: Date): Date | undefined =>
  days === undefined ? undefined : new Date(asOf.getTime() - days * DAY_MS);

/** Whether a rule is about all there is of its kind. */
export const isAboutAll = ({ filter }: Pick<RuleSettings, 'filter'>): boolean => Object.keys(filter).length === 0;
