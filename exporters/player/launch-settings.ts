/** What a package tells its player at launch; part of the package's bytes. */
export interface LaunchSettings {
  /** Where progress is kept: the SCORM 1.2 run-time of the LMS, or nowhere. */
  tracker: 'scorm12' | 'none';
  /** Where statements are sent besides, when the package reports to an LRS. */
  report?: {
    /** Address of the xAPI endpoint, without a slash at its end. */
    endpoint: string;
    /** Value of the Authorization header: a key that may only append statements about this course. */
    authorization: string;
    /** `homePage` of the learner's account (xAPI 1.0.3 Data 2.4.2.4); its name is the LMS's student id. */
    actorHomePage: string;
  };
  /** Size that the player asks for, in pixels, where the LMS opened the package in a window of its own. */
  window?: { width: number; height: number };
  /** BCP 47 tag of the language of the player's own words. */
  language: string;
}
