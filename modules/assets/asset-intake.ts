import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { imageSize } from 'image-size';
import { ValidationFailed } from '../../src/platform/errors.js';
import { BlobStorage } from '../../src/platform/storage/blob-storage.js';
import { faultOfArchive, isArchive } from './archive-check.js';
import { blobKeyOf } from './asset.js';
import { refusal } from './asset.errors.js';
import { acceptedMediaTypes, mediaKindOf, type MediaKind } from './media-types.js';
import { sanitiseHtml } from './sanitise-html.js';
import { sanitiseSvg } from './sanitise-svg.js';
import { sniff } from './sniff.js';
import { stage, TooLarge, type StagedFile } from './staging.js';

/** What came in, before anything is known of it. */
export interface Upload {
  readonly fileName: string;
  readonly body: Buffer | Readable;
}

/** Bytes that were judged, cleaned and stored; no row says so yet. */
export interface AcceptedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

const MAX_TEXT_BYTES = 5 * 1024 * 1024;
const MAX_PIXELS = 50_000_000;
const sanitisers = { svg: sanitiseSvg, html: sanitiseHtml };

/** Judges files, cleans them and stores their bytes under their hash. */
@Injectable()
export class AssetIntake {
  constructor(private readonly storage: BlobStorage) {}

  /** Stores the bytes of an upload; nothing of a refused one is kept. Equal bytes are stored once. */
  async accept(organizationId: string, upload: Upload, limit: number): Promise<AcceptedFile | ValidationFailed> {
    const { fileName } = upload;
    if (!isSafeName(fileName)) {
      return refusal(
        'UNSAFE_FILE_NAME',
        'The file name must be 1 to 200 characters without / \\ .. or control characters.',
        'fileName',
      );
    }
    const source = Buffer.isBuffer(upload.body) ? Readable.from([upload.body], { objectMode: false }) : upload.body;
    try {
      return await stage(source, limit, (file) => this.judge(organizationId, fileName, file));
    } catch (error) {
      if (error instanceof TooLarge) {
        return refusal(
          'TOO_LARGE',
          `The file is larger than the ${limit} bytes that the organization allows.`,
          'file',
          'Compress it, or raise the limit.',
        );
      }
      throw error;
    }
  }

  private async judge(
    organizationId: string,
    fileName: string,
    file: StagedFile,
  ): Promise<AcceptedFile | ValidationFailed> {
    if (file.bytes === 0) return refusal('EMPTY_FILE', 'The file is empty.', 'file');
    if (isArchive(file.head)) {
      const fault = await faultOfArchive(file.path, file.bytes);
      if (fault !== undefined) return refusal('UNSAFE_ARCHIVE', `The file is refused: ${fault}.`, 'file');
    }
    const mediaType = await sniff(file.path, fileName);
    const kind = mediaType === undefined ? undefined : mediaKindOf(mediaType);
    if (kind === undefined) return unsupported(mediaType);
    return kind.sanitised === undefined
      ? this.keep(organizationId, fileName, kind, file)
      : this.clean(organizationId, fileName, kind, kind.sanitised, file);
  }

  private async clean(
    organizationId: string,
    fileName: string,
    kind: MediaKind,
    format: keyof typeof sanitisers,
    file: StagedFile,
  ): Promise<AcceptedFile | ValidationFailed> {
    if (file.bytes > MAX_TEXT_BYTES)
      return refusal('TOO_LARGE', `A file of this type may have ${MAX_TEXT_BYTES} bytes.`, 'file');
    const source = await readFile(file.path);
    if (!isUtf8(source)) return refusal('INVALID_UTF8', 'The file is not valid UTF-8.', 'file', 'Save it as UTF-8.');
    const { text, activeContent } = sanitisers[format](source.toString());
    if (activeContent.length > 0) {
      return refusal(
        'ACTIVE_CONTENT',
        `The file is refused because it holds ${activeContent.join(', ')}.`,
        'file',
        'Export it without scripts and links.',
      );
    }
    const body = Buffer.from(text);
    const sha256 = createHash('sha256').update(body).digest('hex');
    await this.put(organizationId, sha256, kind.mediaType, body.length, () => body);
    return { fileName, mediaType: kind.mediaType, bytes: body.length, sha256, ...sizeOf(kind, body) };
  }

  private async keep(
    organizationId: string,
    fileName: string,
    kind: MediaKind,
    file: StagedFile,
  ): Promise<AcceptedFile | ValidationFailed> {
    const size =
      kind.purpose === 'image' ? sizeOf(kind, await readFile(file.path)) : { width: undefined, height: undefined };
    if (kind.purpose === 'image' && size.width === undefined)
      return refusal('UNREADABLE_IMAGE', 'The image cannot be read.', 'file');
    if ((size.width ?? 0) * (size.height ?? 0) > MAX_PIXELS) {
      return refusal('TOO_LARGE', `The image has more than ${MAX_PIXELS} pixels.`, 'file', 'Scale it down.');
    }
    await this.put(organizationId, file.sha256, kind.mediaType, file.bytes, () => createReadStream(file.path));
    return { fileName, mediaType: kind.mediaType, bytes: file.bytes, sha256: file.sha256, ...size };
  }

  private async put(
    organizationId: string,
    sha256: string,
    mediaType: string,
    bytes: number,
    body: () => Buffer | Readable,
  ): Promise<void> {
    const key = blobKeyOf(organizationId, sha256);
    const stored = await this.storage.head(key);
    if (stored?.bytes !== bytes) await this.storage.put(key, body(), { mediaType, bytes });
  }
}

const unsupported = (mediaType: string | undefined): ValidationFailed =>
  refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    `Files of the type ${mediaType ?? 'unknown'} are not accepted.`,
    'file',
    `Accepted are ${acceptedMediaTypes.join(', ')}.`,
  );

/** A name for people, never a path. */
const isSafeName = (name: string): boolean =>
  name.trim() !== '' && name.length <= 200 && !/[/\\\p{Cc}\p{Cs}]/u.test(name) && !/^\.+$/u.test(name);

/** Undefined for what has no size of its own: an SVG without width, height and viewBox, a broken picture. */
function sizeOf(kind: MediaKind, body: Buffer): { width: number | undefined; height: number | undefined } {
  const none = { width: undefined, height: undefined };
  if (kind.purpose !== 'image') return none;
  try {
    const { width, height } = imageSize(body);
    return width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : none;
  } catch (error) {
    // image-size throws a plain Error or a RangeError on what it cannot read.
    if (error instanceof Error) return none;
    throw error;
  }
}
