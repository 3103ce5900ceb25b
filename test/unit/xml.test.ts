import { describe, expect, it } from '@jest/globals';
import { XmlDocument } from 'libxml2-wasm';
import { element, escapeXml, xmlDocument, XmlRefused } from '../../exporters/xml/xml.js';

describe('XML writer', () => {
  it('writes elements, attributes and texts that a parser reads back', () => {
    const written = xmlDocument(
      element('a', { note: 'x < "y" & \'z\'' }, [element('b', {}, 'ä > 漢字 & 😀'), element('c')]),
    );
    const parsed = XmlDocument.fromBuffer(written);
    expect(parsed.root.attr('note')?.value).toBe('x < "y" & \'z\'');
    expect(parsed.get('/a/b')?.content).toBe('ä > 漢字 & 😀');
    expect(parsed.get('/a/c')?.content).toBe('');
    parsed.dispose();
  });

  it('writes no character reference but those of & < > and the double quote', () => {
    expect(escapeXml(`é'\u00a0"<>&`)).toBe(`é'\u00a0&quot;&lt;&gt;&amp;`);
  });

  it('leaves out attributes without a value', () => {
    expect(xmlDocument(element('a', { b: undefined, c: '1' })).toString()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a c="1"/>\n',
    );
  });

  it.each(['\u0000', '\u000b', '\r', '\u0085', '\ud800', '\uffff'])(
    'refuses %j, which XML cannot hold',
    (character) => {
      expect(() => xmlDocument(element('a', {}, `x${character}`))).toThrow(XmlRefused);
    },
  );

  it.each(['', '1a', 'a b', 'a><b', 'a:b:c'])('refuses the name %j', (name) => {
    expect(() => xmlDocument(element(name))).toThrow(XmlRefused);
    expect(() => xmlDocument(element('a', { [name]: '' }))).toThrow(XmlRefused);
  });
});
