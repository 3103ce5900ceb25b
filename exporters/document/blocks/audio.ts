import { kindOf } from '../fields.js';
import { requireCaptionsOrTranscript, timedMediaFields } from '../timed-media.js';

export const audio = kindOf(
  'audio',
  'AudioBlock',
  'A sound recording with captions or a transcript.',
  timedMediaFields,
).superRefine(requireCaptionsOrTranscript);
