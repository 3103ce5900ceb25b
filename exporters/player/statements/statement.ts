/** The part of an xAPI 1.0.3 statement (Data 2.4) that the player writes. */

export type LanguageMap = Readonly<Record<string, string>>;

/** Data 2.4.2.4: an account on the LMS. */
export interface Actor {
  readonly objectType: 'Agent';
  readonly name?: string;
  readonly account: { readonly homePage: string; readonly name: string };
}

export interface InteractionComponent {
  readonly id: string;
  readonly description: LanguageMap;
}

export interface ActivityDefinition {
  readonly type: string;
  readonly name: LanguageMap;
  readonly description?: LanguageMap;
  readonly interactionType?: string;
  readonly correctResponsesPattern?: readonly string[];
  readonly choices?: readonly InteractionComponent[];
  readonly scale?: readonly InteractionComponent[];
  readonly source?: readonly InteractionComponent[];
  readonly target?: readonly InteractionComponent[];
}

export interface Activity {
  readonly objectType: 'Activity';
  readonly id: string;
  /** Left out in a context, where the id alone says which activity it is. */
  readonly definition?: ActivityDefinition;
}

export interface Score {
  /** 0 to 1. */
  readonly scaled: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface Result {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Statement {
  readonly id: string;
  readonly actor: Actor;
  readonly verb: { readonly id: string; readonly display: LanguageMap };
  readonly object: Activity;
  readonly result?: Result;
  readonly context: {
    readonly registration: string;
    readonly contextActivities: { readonly parent?: readonly Activity[]; readonly grouping: readonly Activity[] };
    /** The number of the published version. */
    readonly revision: string;
    readonly language: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  };
  readonly timestamp: string;
}
