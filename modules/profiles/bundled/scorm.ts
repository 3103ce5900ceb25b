import { defineProfile, included, some } from './define-profile.js';

const VERBS = 'http://adlnet.gov/expapi/verbs';
const ACTIVITIES = 'http://adlnet.gov/expapi/activities';
const TEMPLATES = 'urn:lectern:profiles:scorm:template';
const PATTERNS = 'urn:lectern:profiles:scorm:pattern';
const SCO = `${ACTIVITIES}/lesson`;

const id = (word: string) => `${TEMPLATES}:${word}`;
const groupingTypes = '$.context.contextActivities.grouping[*].definition.type';

/** The attempt and the course are in grouping, the profile in category; the timestamp is always set. */
const common = [
  included('$.timestamp'),
  some(groupingTypes, `${ACTIVITIES}/attempt`),
  some(groupingTypes, `${ACTIVITIES}/course`),
  some('$.context.contextActivities.category[*].id', 'https://w3id.org/xapi/scorm'),
];

const aboutSco = (word: string, definition: string, ...rules: (typeof common)[number][]) => ({
  ...{ id: id(word), name: word, definition, verb: `${VERBS}/${word}`, objectActivityType: SCO },
  rules: [...common, ...rules],
});

/** The xAPI SCORM profile: what SCORM's data model says, as statements. */
export const scorm = defineProfile({
  id: 'https://w3id.org/xapi/scorm',
  version: 'https://w3id.org/xapi/scorm/v1.0',
  date: '2018-02-12T00:00:00Z',
  name: 'SCORM',
  definition: 'Attempts at SCOs, their results and their interactions, in the terms of SCORM.',
  seeAlso: 'https://github.com/adlnet/xAPI-SCORM-Profile',
  templates: [
    aboutSco('initialized', 'A new attempt at a SCO begins.'),
    aboutSco('terminated', 'The attempt is over.'),
    aboutSco('suspended', 'The learner leaves and will come back to the attempt.'),
    aboutSco('resumed', 'The learner comes back to a suspended attempt.'),
    aboutSco('completed', 'The SCO was done to its end.'),
    aboutSco('passed', 'The SCO was judged and passed.'),
    aboutSco('failed', 'The SCO was judged and failed.'),
    aboutSco('scored', 'The learner got a score in the SCO.', included('$.result.score')),
    aboutSco('commented', 'The learner wrote a remark.', included('$.result.response')),
    {
      ...{ id: id('responded'), name: 'responded', verb: `${VERBS}/responded` },
      definition: 'The learner reacted to an interaction of the SCO.',
      objectActivityType: `${ACTIVITIES}/cmi.interaction`,
      rules: [...common, included('$.result.response')],
    },
  ],
  patterns: [
    {
      ...{ id: `${PATTERNS}:attempt`, name: 'attempt', primary: true },
      definition: 'One attempt at a SCO, with its interruptions.',
      sequence: [id('initialized'), `${PATTERNS}:events`, `${PATTERNS}:interruptions`, id('terminated')],
    },
    {
      ...{ id: `${PATTERNS}:events`, name: 'events', zeroOrMore: `${PATTERNS}:event` },
      definition: 'What happens in the SCO.',
    },
    {
      ...{ id: `${PATTERNS}:event`, name: 'event' },
      definition: 'One thing that happens in the SCO.',
      alternates: ['completed', 'passed', 'failed', 'scored', 'commented', 'responded'].map(id),
    },
    {
      ...{ id: `${PATTERNS}:interruptions`, name: 'interruptions', zeroOrMore: `${PATTERNS}:interruption` },
      definition: 'Times at which the learner was away.',
    },
    {
      ...{ id: `${PATTERNS}:interruption`, name: 'interruption' },
      definition: 'The learner goes, comes back, and goes on.',
      sequence: [id('suspended'), id('resumed'), `${PATTERNS}:events`],
    },
  ],
});
