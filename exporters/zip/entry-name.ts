const MAX_LENGTH = 180;
const MAX_PART_LENGTH = 100;
const PART = /^[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

// What an LMS refuses in an upload (Docebo, CrossKnowledge, Tovuti): programs, server pages, archives in the archive.
const REFUSED_TYPES = new Set(
  (
    'asp aspx bat br cgi cmd com dat dll exe htaccess jar jsp map mjs msi php php3 php4 php5 php7 phtml pl ps1 py rb ' +
    'scr sh shtml vbs zip'
  ).split(' '),
);

/**
 * Why an LMS may refuse or lose a file of this name in a package, as the end of a sentence that starts with the name;
 * undefined for a good name. Good is what survives every file system and LMS: ASCII letters, digits and `. _ -`, short,
 * relative, with an extension that servers deliver.
 */
export function nameFault(path: string): string | undefined {
  if (path.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  const parts = path.split('/');
  for (const part of parts) {
    if (part.length > MAX_PART_LENGTH) return `has a part that is longer than ${MAX_PART_LENGTH} characters`;
    if (!PART.test(part))
      return 'has a part that is not made of letters, digits and . _ - alone, or is hidden, or ends with a dot';
    if (WINDOWS_DEVICE.test(part.toLowerCase())) return 'is the name of a device in Windows';
  }
  const type = extensionOf(parts.at(-1)!);
  if (type === undefined) return 'has no extension: web servers do not know how to deliver it';
  return REFUSED_TYPES.has(type) ? `is of a type that learning management systems refuse (.${type})` : undefined;
}

function extensionOf(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 1 ? undefined : name.slice(dot + 1).toLowerCase();
}
