/** The kinds of file that a course may use: those that every LMS serves (no .webp, .mjs, archives or server-side scripts). */
export interface MediaKind {
  readonly mediaType: string;
  /** Extension in a package, without the dot. */
  readonly extension: string;
  readonly purpose: 'image' | 'video' | 'audio' | 'captions' | 'document';
  /** Active formats are cleaned before they are stored. */
  readonly sanitised?: 'svg' | 'html';
}

const kinds: readonly MediaKind[] = [
  { mediaType: 'image/png', extension: 'png', purpose: 'image' },
  { mediaType: 'image/jpeg', extension: 'jpg', purpose: 'image' },
  { mediaType: 'image/gif', extension: 'gif', purpose: 'image' },
  { mediaType: 'image/svg+xml', extension: 'svg', purpose: 'image', sanitised: 'svg' },
  { mediaType: 'video/mp4', extension: 'mp4', purpose: 'video' },
  { mediaType: 'video/webm', extension: 'webm', purpose: 'video' },
  { mediaType: 'audio/mpeg', extension: 'mp3', purpose: 'audio' },
  { mediaType: 'audio/x-m4a', extension: 'm4a', purpose: 'audio' },
  { mediaType: 'audio/wav', extension: 'wav', purpose: 'audio' },
  { mediaType: 'text/vtt', extension: 'vtt', purpose: 'captions' },
  { mediaType: 'application/pdf', extension: 'pdf', purpose: 'document' },
  { mediaType: 'text/plain', extension: 'txt', purpose: 'document' },
  { mediaType: 'text/csv', extension: 'csv', purpose: 'document' },
  { mediaType: 'text/html', extension: 'html', purpose: 'document', sanitised: 'html' },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx',
    purpose: 'document',
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    purpose: 'document',
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extension: 'pptx',
    purpose: 'document',
  },
];

const byType = new Map(kinds.map((kind) => [kind.mediaType, kind]));

/** The kind of a media type, or undefined when courses may not use it. */
export const mediaKindOf = (mediaType: string): MediaKind | undefined => byType.get(mediaType);

export const acceptedMediaTypes: readonly string[] = [...byType.keys()];
