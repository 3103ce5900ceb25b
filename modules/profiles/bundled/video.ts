import { contextExtension, defineProfile, included, recommended, resultExtension, some } from './define-profile.js';

const ADL = 'http://adlnet.gov/expapi/verbs';
const VERBS = 'https://w3id.org/xapi/video/verbs';
const EXTENSIONS = 'https://w3id.org/xapi/video/extensions';
const VIDEO = 'https://w3id.org/xapi/video/activity-type/video';
const TEMPLATES = 'urn:lectern:profiles:video:template';
const PATTERNS = 'urn:lectern:profiles:video:pattern';

const id = (word: string) => `${TEMPLATES}:${word}`;
const inContext = (word: string) => contextExtension(`${EXTENSIONS}/${word}`);
const inResult = (word: string) => resultExtension(`${EXTENSIONS}/${word}`);

const common = [
  included('$.id'),
  included('$.timestamp'),
  some('$.context.contextActivities.category[*].id', 'https://w3id.org/xapi/video'),
  recommended(inContext('session-id')),
];
const seen = [included(inResult('time')), included(inResult('progress')), included(inResult('played-segments'))];
const length = included(inContext('length'));
/** Any of these is what the learner changed about the player. */
const setting = [
  'volume',
  'speed',
  'full-screen',
  'quality',
  'screen-size',
  'video-playback-size',
  'track',
  'frame-rate',
];
const captions = ['cc-enabled', 'cc-subtitle-enabled', 'cc-subtitle-lang'];

/** Time and length: seconds, to the millisecond. */
const seconds = { type: 'number', minimum: 0 };
const share = { type: 'number', minimum: 0, maximum: 1 };

/** The xAPI video profile: what a learner does with a video. */
export const video = defineProfile({
  id: 'https://w3id.org/xapi/video',
  version: 'https://w3id.org/xapi/video/v1.0.3',
  date: '2018-04-26T00:00:00Z',
  name: 'Video',
  definition: 'What a learner does with a video: opening, playing, pausing, seeking, changing the player, completing.',
  seeAlso: 'https://w3id.org/xapi/video',
  verbs: {
    [`${VERBS}/played`]: ['played', 'The actor started the video, or let it go on.'],
    [`${VERBS}/paused`]: ['paused', 'The actor stopped the video for a while or for good.'],
    [`${VERBS}/seeked`]: ['seeked', 'The actor went to another point of the video.'],
  },
  activityTypes: { [VIDEO]: ['video', 'Moving pictures, mostly with sound.'] },
  contextExtensions: {
    [`${EXTENSIONS}/length`]: ['length', 'How long the video is, in seconds.', seconds],
    [`${EXTENSIONS}/completion-threshold`]: ['completion threshold', 'The share to see until it is complete.', share],
    [`${EXTENSIONS}/session-id`]: ['session id', 'Tells one opening of the video.', { type: 'string' }],
    [`${EXTENSIONS}/cc-subtitle-enabled`]: ['captions on', 'Whether captions are shown.', { type: 'boolean' }],
    [`${EXTENSIONS}/cc-subtitle-lang`]: ['language of captions', 'A tag of RFC 5646.', { type: 'string' }],
    [`${EXTENSIONS}/frame-rate`]: ['frame rate', 'Frames a second.', { type: 'number', minimum: 0 }],
    [`${EXTENSIONS}/full-screen`]: ['full screen', 'Whether the video fills the screen.', { type: 'boolean' }],
    [`${EXTENSIONS}/quality`]: ['quality', 'Lines of the picture.', { type: ['number', 'string'] }],
    [`${EXTENSIONS}/screen-size`]: ['screen size', 'Width x height of the screen.', { type: 'string' }],
    [`${EXTENSIONS}/video-playback-size`]: ['playback size', 'Width x height of the picture.', { type: 'string' }],
    [`${EXTENSIONS}/speed`]: ['speed', 'How fast it is played, as in 1x.', { type: 'string' }],
    [`${EXTENSIONS}/track`]: ['track', 'Name of the sound track.', { type: 'string' }],
    [`${EXTENSIONS}/user-agent`]: ['user agent', 'How the browser names itself.', { type: 'string' }],
    [`${EXTENSIONS}/volume`]: ['volume', 'How loud it is.', { type: 'number' }],
  },
  resultExtensions: {
    [`${EXTENSIONS}/time`]: ['time', 'Where in the video, in seconds.', seconds],
    [`${EXTENSIONS}/time-from`]: ['time from', 'Where the actor came from, in seconds.', seconds],
    [`${EXTENSIONS}/time-to`]: ['time to', 'Where the actor went to, in seconds.', seconds],
    [`${EXTENSIONS}/progress`]: ['progress', 'The share of the video that was played.', share],
    [`${EXTENSIONS}/played-segments`]: [
      'played segments',
      'What was played, in its order: start[.]end, joined by [,].',
      { type: 'string', pattern: '^([0-9.]*\\[\\.\\][0-9.]*(\\[,\\]|$))*$' },
    ],
  },
  templates: [
    {
      ...{ id: id('initialized'), name: 'initialized', verb: `${ADL}/initialized`, objectActivityType: VIDEO },
      definition: 'The video is there and ready.',
      rules: [...common, length, recommended(inContext('completion-threshold'))],
    },
    {
      ...{ id: id('played'), name: 'played', verb: `${VERBS}/played`, objectActivityType: VIDEO },
      definition: 'The video starts or goes on.',
      rules: [...common, included(inResult('time')), recommended(inContext('length'))],
    },
    {
      ...{ id: id('paused'), name: 'paused', verb: `${VERBS}/paused`, objectActivityType: VIDEO },
      definition: 'The video stops.',
      rules: [...common, length, ...seen, recommended(inContext('completion-threshold'))],
    },
    {
      ...{ id: id('seeked'), name: 'seeked', verb: `${VERBS}/seeked`, objectActivityType: VIDEO },
      definition: 'The learner goes to another point.',
      rules: [...common, included(inResult('time-from')), included(inResult('time-to'))],
    },
    {
      ...{ id: id('interacted'), name: 'interacted', verb: `${ADL}/interacted`, objectActivityType: VIDEO },
      definition: 'The learner changes the player: volume, speed, size, captions and the like.',
      rules: [
        ...[...common, included(inResult('time'))],
        included([...setting, ...captions].map(inContext).join(' | ')),
      ],
    },
    {
      ...{ id: id('completed'), name: 'completed', verb: `${ADL}/completed`, objectActivityType: VIDEO },
      definition: 'Enough of the video was played.',
      rules: [
        ...[...common, length, ...seen, included('$.result.completion'), included('$.result.duration')],
        recommended(inContext('completion-threshold')),
      ],
    },
    {
      ...{ id: id('terminated'), name: 'terminated', verb: `${ADL}/terminated`, objectActivityType: VIDEO },
      definition: 'The learner leaves the video.',
      rules: [...common, length, ...seen, recommended(inContext('completion-threshold'))],
    },
  ],
  patterns: [
    {
      ...{ id: `${PATTERNS}:session`, name: 'session', primary: true },
      definition: 'From opening a video to leaving it.',
      sequence: [id('initialized'), `${PATTERNS}:uses`, id('terminated')],
    },
    {
      ...{ id: `${PATTERNS}:uses`, name: 'uses', zeroOrMore: `${PATTERNS}:use` },
      definition: 'What the learner does in between.',
    },
    {
      ...{ id: `${PATTERNS}:use`, name: 'use' },
      definition: 'One thing that the learner does.',
      alternates: [id('played'), id('paused'), id('seeked'), id('interacted'), id('completed')],
    },
  ],
});
