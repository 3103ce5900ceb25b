import { assetRef, kindOf } from '../fields.js';
import { requireCaptionsOrTranscript, timedMediaFields } from '../timed-media.js';

export const video = kindOf('video', 'VideoBlock', 'A film with captions or a transcript.', {
  ...timedMediaFields,
  poster: assetRef('Image asset shown before the film plays').optional(),
}).superRefine(requireCaptionsOrTranscript);
