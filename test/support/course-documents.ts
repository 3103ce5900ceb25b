import { createHash } from 'node:crypto';
import { courseDocument, type CourseDocument, type DocumentAsset } from '../../exporters/document/index.js';

const COURSE_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** The n-th id of a document; any two differ. */
export const idAt = (n: number): string => `01890a5d-ac96-774b-8000-${n.toString(16).padStart(12, '0')}`;

/** An asset of a document with its bytes' hash, size and type. */
export function assetOf(n: number, body: Buffer, mediaType: string, extension: string): DocumentAsset {
  const sha256 = createHash('sha256').update(body).digest('hex');
  const name = `${sha256.slice(0, 16)}.${extension}`;
  return { id: idAt(900_000 + n), sha256, mediaType, bytes: body.length, fileName: name, path: `assets/${name}` };
}

const trueOrFalse = (n: number) => ({
  kind: 'true-false',
  id: idAt(n),
  prompt: '<p>Acknowledging comes first.</p>',
  answer: true,
});

/** An assessment lesson with one question. */
export const assessmentLesson = (n: number, passMark: number) => ({
  kind: 'assessment',
  id: idAt(n),
  title: 'What you take away',
  passMark,
  feedback: 'AT_THE_END',
  questions: [trueOrFalse(n + 1)],
});

/** A small published course: a page with one text, and an assessment. Checked by the schema of course documents. */
export function courseDocumentOf(changes: Record<string, unknown> = {}): CourseDocument {
  const page = {
    kind: 'page',
    id: idAt(2),
    title: 'Why it matters',
    blocks: [{ kind: 'text', id: idAt(3), body: '<p>Everything you post <em>stays</em>.</p>' }],
  };
  const document = courseDocument.parse({
    schemaVersion: 1,
    id: COURSE_ID,
    version: 1,
    contentHash: '0'.repeat(64),
    title: 'Social media at work',
    slug: 'social-media-at-work',
    language: 'en',
    objectives: [],
    completionRule: 'ASSESSMENT_MASTERY',
    sections: [{ id: idAt(1), title: 'Basics', lessons: [page, assessmentLesson(10, 80)] }],
    assets: [],
    slots: { [idAt(2)]: 0, [idAt(10)]: 1, [idAt(11)]: 2 },
    ...changes,
  });
  return document as unknown as CourseDocument;
}
