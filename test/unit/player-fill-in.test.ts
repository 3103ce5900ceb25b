import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Question } from '../../exporters/document/index.js';
import { packText, unpackText } from '../../exporters/document/questions/fill-in/packed-text.js';
import {
  acceptsResponse,
  gradeResponse,
  maxPackedLength,
  packResponse,
  unpackResponse,
} from '../../exporters/document/questions/rules.js';

const asking = (text: string): Question => ({
  kind: 'fill-in',
  id: '00000000-0000-7000-8000-000000000001',
  prompt: 'Write',
  answers: [{ id: 'a', text }],
});

describe('a fill-in answer in suspend data', () => {
  it('comes back as it was, in any script, as printable ASCII without what LMSs decode', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string()), (text) => {
        const packed = packText(text);
        expect(packed).toMatch(/^[\x21-\x7e]*$/);
        expect(packed).not.toMatch(/[%;&<>"]/);
        expect(unpackText(packed)).toBe(text);
      }),
    );
  });

  it('is nothing where the text is no packed text', () => {
    for (const text of ['a b', '~', '~A', '~a~', 'x~~', '%41', '~zzzzZ~', 'a;b'])
      expect(unpackText(text)).toBeUndefined();
  });

  it.each([
    'Ответственность за опубликованное сообщение несёт каждый сотрудник',
    'المسؤولية عن المنشورات تقع على عاتق كل موظف في الشركة دون استثناء',
    '会社の評判を守るために投稿する前に必ず広報部門に確認を取ること',
    'a plain answer '.repeat(7).slice(0, 100),
  ])('is still right after a resume: %s', (text) => {
    const question = asking(text);
    const packed = packResponse(question, text);
    expect(packed.length).toBeLessThanOrEqual(maxPackedLength(question));
    const response = unpackResponse(question, packed);
    expect(response).toBe(text.trim());
    expect(gradeResponse(question, response ?? '').result).toBe('correct');
  });

  it('takes about two characters for a letter of another alphabet', () => {
    expect(packText('опубликованное').length).toBeLessThan(2 * 'опубликованное'.length + 4);
  });

  it('is refused when it is longer than any answer can be, never cut', () => {
    expect(acceptsResponse(asking('x'), 'x'.repeat(100))).toBe(true);
    expect(acceptsResponse(asking('x'), 'x'.repeat(101))).toBe(false);
    expect(acceptsResponse(asking('x'), '漢字'.repeat(40))).toBe(false);
  });
});
