import { randomBytes } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { formats } from '../../exporters/index.js';
import type { ZipEntry } from '../support/zip-file.js';
import { assessmentLesson, assetOf, courseDocumentOf, idAt } from '../support/course-documents.js';
import { manifestOf, validateManifest, valuesOf } from '../support/manifest.js';
import { originalSchemas, scorm12Package, scorm12Zip, textOf } from '../support/packages.js';

const picture = randomBytes(5_000);
const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.repeat(50));
const pictureAsset = assetOf(1, picture, 'image/png', 'png');
const drawingAsset = assetOf(2, drawing, 'image/svg+xml', 'svg');
const assets = new Map([
  [pictureAsset.path, picture],
  [drawingAsset.path, drawing],
]);
const withAssets = courseDocumentOf({ assets: [pictureAsset, drawingAsset] });
const report = {
  endpoint: 'https://lrs.example.com/xapi',
  authorization: 'Basic cGFja2FnZTpzZWNyZXQ=',
  actorHomePage: 'https://lms.example.com',
};

function inManifest(entries: readonly ZipEntry[], xpath: string): string[] {
  const manifest = manifestOf(entries);
  try {
    return valuesOf(manifest, xpath);
  } finally {
    manifest.dispose();
  }
}

describe('SCORM 1.2 package', () => {
  it('begins with a manifest that is valid by the schemas in the package', async () => {
    const entries = await scorm12Package({ document: withAssets, assets, masteryScore: true });
    expect(entries[0]!.name).toBe('imsmanifest.xml');
    validateManifest(entries);
    const broken = {
      ...entries[0]!,
      content: Buffer.from(entries[0]!.content.toString().replaceAll('scormtype', 'scormType')),
    };
    expect(() => validateManifest([broken, ...entries.slice(1)])).toThrow(/scormType/);
  });

  it('has every schema that the manifest names at its root, as the standard made it', async () => {
    const entries = await scorm12Package({ document: withAssets, assets });
    const [location] = inManifest(entries, '/cp:manifest/@xsi:schemaLocation');
    const named = location!.split(' ').filter((_, index) => index % 2 === 1);
    expect(named).toHaveLength(3);
    for (const { name, content } of await originalSchemas()) {
      expect(entries.find((entry) => entry.name === name)!.content.equals(content)).toBe(true);
    }
    expect(entries.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
  });

  it('lists every file of the course, and nothing that is not there', async () => {
    const entries = await scorm12Package({ document: withAssets, assets });
    const listed = inManifest(entries, '//cp:file/@href');
    const control = (name: string) => name === 'imsmanifest.xml' || name.endsWith('.xsd');
    expect(listed).toEqual(entries.map(({ name }) => name).filter((name) => !control(name)));
    expect(listed).toContain(inManifest(entries, '//cp:resource/@href')[0]);
  });

  it('has one organization with one item, which opens one SCO', async () => {
    const entries = await scorm12Package({ document: withAssets, assets });
    expect(inManifest(entries, '//cp:metadata/cp:schema | //cp:metadata/cp:schemaversion')).toEqual([
      'ADL SCORM',
      '1.2',
    ]);
    expect(inManifest(entries, '//cp:organizations/@default')).toEqual(
      inManifest(entries, '//cp:organization/@identifier'),
    );
    expect(inManifest(entries, '//cp:item/@identifierref')).toEqual(inManifest(entries, '//cp:resource/@identifier'));
    expect(inManifest(entries, '//cp:resource/@adlcp:scormtype')).toEqual(['sco']);
    expect(inManifest(entries, '//cp:item/cp:title')).toEqual(['Social media at work']);
  });

  it('keeps its identifiers when the course changes, and has others than any other course', async () => {
    const identifiers = async (changes: Record<string, unknown>) =>
      inManifest(await scorm12Package({ document: courseDocumentOf(changes) }), '//@identifier');
    const first = await identifiers({});
    expect(await identifiers({ version: 2, title: 'Other', slug: 'other' })).toEqual(first);
    const other = await identifiers({ id: idAt(77) });
    expect(new Set([...first, ...other]).size).toBe(first.length + other.length);
    expect(other[0]!.slice(0, 15)).not.toBe(first[0]!.slice(0, 15));
    for (const identifier of first) expect(identifier).toMatch(/^[A-Za-z][A-Za-z0-9-]*$/);
  });

  it('writes titles of any language and any character as they are', async () => {
    const title = `"Über" <soziale> Medien & 职场 'eins' ${'x'.repeat(160)}`;
    const entries = await scorm12Package({ document: courseDocumentOf({ title }) });
    validateManifest(entries);
    expect(inManifest(entries, '//cp:item/cp:title')).toEqual([title]);
    expect(textOf(entries, 'imsmanifest.xml')).not.toContain('&#');
  });

  it('is the same, byte for byte, each time', async () => {
    const specification = { document: withAssets, assets, launch: { report } };
    expect((await scorm12Zip(specification)).equals(await scorm12Zip(specification))).toBe(true);
  });

  it('stores pictures and deflates drawings', async () => {
    const entries = await scorm12Package({ document: withAssets, assets });
    expect(entries.find(({ name }) => name === pictureAsset.path)).toMatchObject({ stored: true, content: picture });
    expect(entries.find(({ name }) => name === drawingAsset.path)).toMatchObject({ stored: false, content: drawing });
  });
});

describe('mastery score of a SCORM 1.2 package', () => {
  const { check } = formats.SCORM_1_2;
  const two = [{ id: idAt(1), title: 'Both', lessons: [assessmentLesson(10, 80), assessmentLesson(20, 60)] }];

  it('is in the manifest when asked for, and otherwise not', async () => {
    const masteryScores = async (masteryScore: boolean) =>
      inManifest(await scorm12Package({ document: courseDocumentOf(), masteryScore }), '//adlcp:masteryscore');
    expect(await masteryScores(true)).toEqual(['80']);
    expect(await masteryScores(false)).toEqual([]);
  });

  it.each([
    ['several assessments, which one figure cannot judge', { sections: two }],
    ['a course that is completed and not passed', { completionRule: 'ALL_REQUIRED_LESSONS' }],
    ['no assessment', { sections: [] }],
  ])('is refused for %s', (_, changes) => {
    const document = courseDocumentOf(changes);
    const problem = { code: 'NO_MASTERY_SCORE', severity: 'ERROR', path: ['options', 'masteryScore'] };
    expect(check(document, { masteryScore: true })).toMatchObject([problem]);
    expect(check(document, { masteryScore: false })).toEqual([]);
  });
});

describe('what is said before a SCORM 1.2 package is made', () => {
  const { check } = formats.SCORM_1_2;
  const film = (megabytes: number, extension = 'mp4') => ({
    ...assetOf(1, Buffer.alloc(0), 'video/mp4', extension),
    bytes: megabytes * 1_000_000,
  });

  it.each([
    [100, []],
    [101, [{ code: 'LARGE_PACKAGE', severity: 'WARNING' }]],
    [4_201, [{ code: 'PACKAGE_TOO_LARGE', severity: 'ERROR' }]],
  ])('%d MB of assets', (megabytes, problems) => {
    expect(check(courseDocumentOf({ assets: [film(megabytes)] }), { masteryScore: false })).toMatchObject(problems);
  });

  it('names a file that an LMS would refuse', () => {
    const [problem] = check(courseDocumentOf({ assets: [film(1, 'php')] }), { masteryScore: false });
    expect(problem).toMatchObject({ code: 'REFUSED_FILE', severity: 'ERROR', path: ['document', 'assets', '0'] });
    expect(problem!.message).toContain('.php');
  });
});

describe('launch page', () => {
  const page = async (changes: Record<string, unknown> = {}, launch = {}) =>
    textOf(await scorm12Package({ document: courseDocumentOf(changes), launch }), 'index.html');
  const policyOf = (html: string) => /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;

  it('shows title and outline before any script has come', async () => {
    const html = await page();
    const beforeScripts = html.slice(0, html.indexOf('<script'));
    expect(beforeScripts).toContain('Social media at work</h1>');
    expect(beforeScripts).toContain('Why it matters');
    expect(beforeScripts).toContain('<style>h1{color:inherit}</style>');
  });

  it('has the language and the direction of the course', async () => {
    expect(await page({ language: 'ar' })).toMatch(/<html lang="ar" dir="rtl"/);
    expect(await page({ language: 'pt-BR' })).toMatch(/<html lang="pt-BR" dir="ltr"/);
  });

  it('tells the player its settings, whatever they contain', async () => {
    const html = await page({}, { report: { ...report, actorHomePage: 'https://x/</script><script>alert(1)' } });
    const json = /<script type="application\/json" id="lectern-launch">(.*?)<\/script>/s.exec(html)![1]!;
    expect(JSON.parse(json)).toMatchObject({
      tracker: 'scorm12',
      language: 'en',
      report: { endpoint: report.endpoint },
    });
    expect(JSON.parse(json)).toMatchObject({ report: { actorHomePage: 'https://x/</script><script>alert(1)' } });
  });

  it('may load its own files, and reach nobody but the LRS that it reports to', async () => {
    expect(policyOf(await page())).toContain("default-src 'none'; script-src 'self';");
    expect(policyOf(await page())).toContain("connect-src 'none'");
    expect(policyOf(await page({}, { report }))).toContain('connect-src https://lrs.example.com;');
  });

  it('carries the course as a script', async () => {
    const document = courseDocumentOf({ title: 'Line\u2028separator' });
    const script = textOf(await scorm12Package({ document }), 'course.js');
    const page = createContext({});
    runInContext(script, page);
    expect(JSON.parse(JSON.stringify(page['lecternCourse']))).toEqual(document);
  });
});
