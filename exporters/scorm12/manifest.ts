import type { CourseDocument } from '../document/course-document.js';
import { element, xmlDocument, type XmlElement } from '../xml/xml.js';
import { identifiersOf, type ManifestIdentifiers } from './identifiers.js';

const CONTENT_PACKAGING = 'http://www.imsproject.org/xsd/imscp_rootv1p1p2';
const METADATA = 'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1';
const SCORM = 'http://www.adlnet.org/xsd/adlcp_rootv1p2';

/** The schemas that the manifest names; `ims_xml.xsd` is read by the first. They stand at the root of the package. */
export const SCHEMA_NAMES = [
  'imscp_rootv1p1p2.xsd',
  'imsmd_rootv1p2p1.xsd',
  'adlcp_rootv1p2.xsd',
  'ims_xml.xsd',
] as const;

const SCHEMA_LOCATION = [
  [CONTENT_PACKAGING, SCHEMA_NAMES[0]],
  [METADATA, SCHEMA_NAMES[1]],
  [SCORM, SCHEMA_NAMES[2]],
]
  .flat()
  .join(' ');

export interface ManifestContent {
  document: Pick<CourseDocument, 'id' | 'title' | 'version'>;
  /** The page that the LMS opens; one of the files. */
  launch: string;
  /** Every file of the course, in the order of the package. */
  files: readonly string[];
  /** 0 to 100; undefined leaves judging to the course. */
  masteryScore: number | undefined;
}

/**
 * imsmanifest.xml of SCORM 1.2 (CAM 1.2, 2.3.2): one organization with one item, which opens one SCO. The elements of
 * content packaging have no prefix and the extension's prefix is `adlcp`, since Moodle compares them as texts.
 */
export function manifestOf({ document, launch, files, masteryScore }: ManifestContent): Buffer {
  const ids = identifiersOf(document.id);
  return xmlDocument(
    element(
      'manifest',
      {
        identifier: ids.manifest,
        version: String(document.version),
        xmlns: CONTENT_PACKAGING,
        'xmlns:adlcp': SCORM,
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': SCHEMA_LOCATION,
      },
      [
        element('metadata', {}, [element('schema', {}, 'ADL SCORM'), element('schemaversion', {}, '1.2')]),
        organizations(ids, document.title, masteryScore),
        element('resources', {}, [resource(ids, launch, files)]),
      ],
    ),
  );
}

function organizations(ids: ManifestIdentifiers, title: string, masteryScore: number | undefined): XmlElement {
  const mastery = masteryScore === undefined ? [] : [element('adlcp:masteryscore', {}, String(masteryScore))];
  const item = element('item', { identifier: ids.item, identifierref: ids.resource, isvisible: 'true' }, [
    element('title', {}, title),
    ...mastery,
  ]);
  const organization = element('organization', { identifier: ids.organization }, [element('title', {}, title), item]);
  return element('organizations', { default: ids.organization }, [organization]);
}

function resource(ids: ManifestIdentifiers, launch: string, files: readonly string[]): XmlElement {
  return element(
    'resource',
    { identifier: ids.resource, type: 'webcontent', 'adlcp:scormtype': 'sco', href: launch },
    files.map((file) => element('file', { href: file })),
  );
}
