/** What can be chosen for a SCORM 1.2 package, besides what the player is told at launch. */
export interface Scorm12Options {
  /**
   * Whether the manifest carries `adlcp:masteryscore`. An LMS that reads it sets the status itself when a score comes in
   * (SCORM 1.2 RTE 3.4.4, cmi.student_data.mastery_score); some show it to administrators.
   */
  masteryScore: boolean;
}
