import { XmlBufferInputProvider, XmlDocument, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm';
import type { ZipEntry } from './zip-file.js';

/** The schema that has the elements of SCORM; it imports that of content packaging. */
const ROOT_SCHEMA = 'adlcp_rootv1p2.xsd';

let validator: XsdValidator | undefined;

/** Validates imsmanifest.xml by the schemas that lie in the package itself. @throws with what is wrong. */
export function validateManifest(entries: readonly ZipEntry[]): void {
  validator ??= validatorOf(entries);
  const manifest = manifestOf(entries);
  try {
    validator.validate(manifest);
  } finally {
    manifest.dispose();
  }
}

/** imsmanifest.xml, parsed. To be disposed of. */
export function manifestOf(entries: readonly ZipEntry[]): XmlDocument {
  return XmlDocument.fromBuffer(entries.find(({ name }) => name === 'imsmanifest.xml')!.content);
}

export const NAMESPACES = {
  cp: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
  adlcp: 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
};

/** The texts or attribute values that an XPath finds. */
export function valuesOf(manifest: XmlDocument, xpath: string): string[] {
  return manifest.find(xpath, NAMESPACES).map((node) => node.content);
}

function validatorOf(entries: readonly ZipEntry[]): XsdValidator {
  const schemas = entries.filter(({ name }) => name.endsWith('.xsd'));
  xmlRegisterInputProvider(
    new XmlBufferInputProvider(Object.fromEntries(schemas.map(({ name, content }) => [name, content]))),
  );
  const root = schemas.find(({ name }) => name === ROOT_SCHEMA)!;
  return XsdValidator.fromDoc(XmlDocument.fromBuffer(root.content, { url: ROOT_SCHEMA }));
}
