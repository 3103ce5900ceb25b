/** The data model of SCORM 1.2 (RTE 3.4.4) as the run-time saves it. */
export interface Cmi {
  readonly core?: {
    readonly student_id?: string;
    readonly lesson_location?: string;
    readonly lesson_status?: string;
    readonly exit?: string;
    readonly score?: { readonly raw?: string; readonly min?: string; readonly max?: string };
    readonly total_time?: string;
  };
  readonly suspend_data?: string;
  readonly interactions?: Readonly<Record<string, CmiInteraction>>;
  readonly objectives?: Readonly<Record<string, { readonly id?: string; readonly status?: string }>>;
}

export interface CmiInteraction {
  readonly id?: string;
  readonly type?: string;
  readonly student_response?: string;
  readonly result?: string;
}
