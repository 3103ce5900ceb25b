/** The versions of xAPI that are served, by the latest patch version of each. */
export type XapiVersion = '1.0.3' | '2.0.0';
