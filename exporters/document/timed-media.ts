import type { z } from 'zod';
import { assetRef, group, itemList, line, markdown, itemId } from './fields.js';

/** What video and audio share (WCAG 2.2, 1.2.1 and 1.2.2): captions, a transcript, or both. */
export const timedMediaFields = {
  asset: assetRef('The media asset'),
  title: line('What the recording is called'),
  captions: itemList(
    group('CaptionTrack', 'Captions in one language.', {
      id: itemId(),
      asset: assetRef('The WebVTT asset'),
      language: line('BCP 47 tag of the language of the captions', 35),
      label: line('Name of the track in the player', 80),
    }),
    'Caption tracks',
    { min: 1, max: 20 },
  ).optional(),
  transcript: markdown('The words that are spoken, and what is to be seen or heard', 50_000).optional(),
};

export function requireCaptionsOrTranscript(
  media: { captions?: unknown; transcript?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (media.captions === undefined && (media.transcript ?? '').trim() === '') {
    context.addIssue({ code: 'custom', path: ['transcript'], message: 'is required when there are no captions' });
  }
}
