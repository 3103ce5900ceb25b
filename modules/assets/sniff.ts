import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

const HEAD_BYTES = 4_096;

/**
 * The media type of a file, from its bytes: magic numbers first, then the marks of the text formats. The name only tells
 * plain text from comma-separated values.
 *
 * @returns undefined when the bytes are neither a known binary format nor UTF-8 text
 */
export async function sniff(path: string, fileName: string): Promise<string | undefined> {
  const binary = await fileTypeFromFile(path);
  // An XML declaration is all that file-type looks at; an SVG has one as well.
  if (binary !== undefined && binary.mime !== 'application/xml') return aliases[binary.mime] ?? binary.mime;
  const head = await headOf(path);
  return head === undefined ? undefined : textType(head, fileName);
}

const aliases: Readonly<Record<string, string>> = { 'audio/x-wav': 'audio/wav', 'audio/mp4': 'audio/x-m4a' };

function textType(head: string, fileName: string): string {
  const text = head.trimStart();
  if (text.startsWith('WEBVTT')) return 'text/vtt';
  if (/^(?:<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!doctype svg[^>]*>|\s)*<svg[\s>]/iu.test(text)) return 'image/svg+xml';
  if (/^(?:<!--[\s\S]*?-->|\s)*<(?:!doctype html|html|head|body)[\s>]/iu.test(text)) return 'text/html';
  if (text.startsWith('<?xml')) return 'application/xml';
  return /\.csv$/iu.test(fileName) ? 'text/csv' : 'text/plain';
}

async function headOf(path: string): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = wholeCharacters(buffer.subarray(0, bytesRead));
    return isUtf8(head) && !head.includes(0) ? head.toString() : undefined;
  } finally {
    await file.close();
  }
}

/** Without the first bytes of a character that the end of the head has cut: at most three (RFC 3629, 3). */
function wholeCharacters(head: Buffer): Buffer {
  const cuts = [0, 1, 2, 3].map((cut) => head.subarray(0, head.length - cut));
  return cuts.find((candidate) => isUtf8(candidate)) ?? head;
}
