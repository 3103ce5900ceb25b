import { describe, expect, it } from '@jest/globals';
import { courseDocument, type CourseContent, type Section } from '../../exporters/document/index.js';
import type { Asset } from '../../modules/assets/index.js';
import { validate } from '../../modules/publishing/checks/index.js';
import { compareDocuments } from '../../modules/publishing/compare.js';
import type { DraftCourse } from '../../modules/publishing/draft.js';
import { assetIdsOf, freeze } from '../../modules/publishing/freeze.js';
import { renderMarkdown } from '../../modules/publishing/markdown.js';
import { assignSlots } from '../../modules/publishing/slots.js';

const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const content: CourseContent = {
  title: 'Answering in public',
  slug: 'answering',
  language: 'en',
  objectives: [{ id: 'calm', text: 'Stay calm' }],
  completionRule: 'ALL_REQUIRED_LESSONS',
};

const picture: Asset = {
  id: uuid(50),
  externalId: undefined,
  fileName: 'team.png',
  mediaType: 'image/png',
  bytes: 1_000,
  sha256: 'ab'.repeat(32),
  width: 40,
  height: 20,
  createdAt: new Date(0),
};

function sections(): Section[] {
  return [
    {
      id: uuid(1),
      title: 'Start',
      lessons: [
        {
          id: uuid(2),
          kind: 'page',
          title: 'Why it matters',
          blocks: [
            { id: uuid(3), kind: 'heading', level: 2, text: 'Public is public' },
            { id: uuid(4), kind: 'text', body: 'Answers are **seen**.' },
            { id: uuid(5), kind: 'image', asset: uuid(50), alt: 'A team at work' },
          ],
        },
      ],
    },
  ];
}

const draft = (change: Partial<DraftCourse> = {}): DraftCourse => ({
  id: uuid(99),
  treeRevision: 1,
  content,
  sections: sections(),
  ...change,
});

const context = { assets: new Map([[picture.id, picture]]), previousSlots: {} };
const codes = (subject: DraftCourse) =>
  validate(subject, context).map(({ code, path }) => `${code} at ${path.join('.')}`);

describe('a published text', () => {
  it('is HTML in which nothing runs and nothing is loaded', () => {
    const html = renderMarkdown(
      '# Title\n<script>alert(1)</script> ![x](https://example.org/x.png) [go](javascript:alert(1))',
    );
    expect(html).not.toMatch(/<script|<img|href="javascript/u);
    expect(html).toContain('<h3>Title</h3>');
  });

  it('opens links in a window of their own, without a way back into the course', () => {
    expect(renderMarkdown('[policy](https://example.org/policy)')).toBe(
      '<p><a href="https://example.org/policy" target="_blank" rel="noopener noreferrer">policy</a></p>',
    );
  });
});

describe('freezing a draft', () => {
  it('makes a document that its schema accepts', () => {
    const document = { ...freeze(draft(), [picture], {}), version: 1 };
    expect(courseDocument.safeParse(document).error).toBeUndefined();
  });

  it('renders texts and names assets by their hash', () => {
    const { sections: frozen, assets } = freeze(draft(), [picture], {});
    expect(JSON.stringify(frozen)).toContain('Answers are <strong>seen</strong>.');
    expect(assets).toEqual([expect.objectContaining({ path: `assets/${'ab'.repeat(8)}.png`, sha256: picture.sha256 })]);
  });

  it('gives equal content an equal hash, and other content another', () => {
    const hash = (subject: DraftCourse) => freeze(subject, [picture], {}).contentHash;
    expect(hash(draft())).toBe(hash(draft({ treeRevision: 7 })));
    expect(hash(draft())).not.toBe(hash(draft({ content: { ...content, title: 'Another' } })));
  });

  it('finds every asset that the draft uses, once', () => {
    expect(assetIdsOf(draft())).toEqual([picture.id]);
  });

  it('keeps the slot of an element for ever and gives none twice', () => {
    const first = assignSlots(sections(), {});
    const [section] = sections();
    const without = assignSlots([{ ...section!, lessons: [] }], first);
    const added = assignSlots(
      [{ ...section!, lessons: [{ id: uuid(7), kind: 'page', title: 'New', blocks: [] }] }],
      without,
    );
    expect(added[uuid(7)]).toBe(Math.max(...Object.values(first)) + 1);
    expect(added).toMatchObject(first);
  });
});

describe('validation', () => {
  it('finds nothing wrong with a sound course', () => {
    expect(codes(draft())).toEqual([]);
  });

  it.each<[string, Partial<DraftCourse>]>([
    ['NO_LESSON at sections', { sections: [] }],
    ['NO_ASSESSMENT at completionRule', { content: { ...content, completionRule: 'ASSESSMENT_MASTERY' } }],
    ['LOW_CONTRAST at theme.accent', { content: { ...content, theme: { accent: '#ffff00' } } }],
  ])('says %s', (problem, change) => {
    expect(codes(draft(change))).toContain(problem);
  });

  it('names an empty lesson, an unknown asset, an asset of the wrong sort, and an unknown objective by their paths', () => {
    const [section] = sections();
    const [lesson] = section!.lessons;
    const subject = draft({
      sections: [
        {
          ...section!,
          lessons: [
            { ...lesson!, kind: 'page', blocks: [] },
            {
              id: uuid(8),
              kind: 'page',
              title: 'Media',
              blocks: [
                { id: uuid(9), kind: 'image', asset: uuid(51), alt: 'Missing' },
                { id: uuid(10), kind: 'video', asset: picture.id, title: 'A film', transcript: 'Words' },
                {
                  id: uuid(11),
                  kind: 'knowledge-check',
                  question: { kind: 'true-false', prompt: 'So?', answer: true, objectives: ['brave'] },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(codes(subject)).toEqual([
      'EMPTY_LESSON at sections.0.lessons.0',
      'UNKNOWN_ASSET at sections.0.lessons.1.blocks.0.asset',
      'WRONG_MEDIA_TYPE at sections.0.lessons.1.blocks.1.asset',
      'UNKNOWN_OBJECTIVE at sections.0.lessons.1.blocks.2.objectives',
    ]);
  });
});

describe('the comparison of two versions', () => {
  const base = freeze(draft(), [picture], {});
  const changesTo = (change: (copy: Section[]) => void, title = content.title) => {
    const copy = sections();
    change(copy);
    const after = freeze(draft({ sections: copy, content: { ...content, title } }), [picture], base.slots);
    return compareDocuments(base, after).map(({ elementId, changes, fields }) => ({
      elementId,
      changes,
      fields: fields.map(({ field }) => field),
    }));
  };
  const blocksOf = (copy: Section[]) => (copy[0]!.lessons[0] as { blocks: unknown[] }).blocks;

  it('finds nothing between equal documents', () => {
    expect(changesTo(() => undefined)).toEqual([]);
  });

  it('names the fields that changed, of the course and of elements', () => {
    const changes = changesTo((copy) => Object.assign(copy[0]!, { title: 'Begin' }), 'Another');
    expect(changes).toEqual([
      { elementId: uuid(99), changes: ['CHANGED'], fields: ['title'] },
      { elementId: uuid(1), changes: ['CHANGED'], fields: ['title'] },
    ]);
  });

  it('tells added, removed and moved elements apart, and calls only the one moved that was moved', () => {
    expect(changesTo((copy) => blocksOf(copy).push({ id: uuid(6), kind: 'text', body: 'New' }))).toEqual([
      { elementId: uuid(6), changes: ['ADDED'], fields: [] },
    ]);
    expect(changesTo((copy) => blocksOf(copy).splice(1, 1))).toEqual([
      { elementId: uuid(4), changes: ['REMOVED'], fields: [] },
    ]);
    expect(changesTo((copy) => blocksOf(copy).unshift(blocksOf(copy).pop()))).toEqual([
      { elementId: uuid(5), changes: ['MOVED'], fields: [] },
    ]);
  });
});
