/** What a statement tells about an attachment (Data 2.4.11; 9274.1.1 4.2.2.6). */
import { isMediaType, isSha2 } from '../formats.js';
import type { Rule } from './report.js';
import { iri, languageMap, number, object, string } from './rules.js';

const octets: Rule = (value, report) => {
  number(value, report);
  if (typeof value === 'number' && !(Number.isInteger(value) && value >= 0)) {
    report.add('OUT_OF_RANGE', 'must be a whole number of octets (Data 2.4.11)');
  }
};

export const attachment = object(
  {
    usageType: iri,
    display: languageMap,
    description: languageMap,
    contentType: string(isMediaType, 'a media type (Data 2.4.11)'),
    length: octets,
    sha2: string(isSha2, 'a SHA-2 in hexadecimal (Data 2.4.11)'),
    fileUrl: iri,
  },
  ['usageType', 'display', 'contentType', 'length', 'sha2'],
);
