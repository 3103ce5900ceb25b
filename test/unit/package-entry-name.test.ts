import { describe, expect, it } from '@jest/globals';
import { nameFault } from '../../exporters/zip/entry-name.js';

describe('names of files in a package', () => {
  it.each(['imsmanifest.xml', 'assets/3f2a-photo_1.jpg', 'a/b/c/d.min.js', 'assets/Report.PDF'])('takes %s', (name) => {
    expect(nameFault(name)).toBeUndefined();
  });

  it.each([
    ['../escape.png', 'letters'],
    ['/absolute.png', 'letters'],
    ['a//b.png', 'letters'],
    ['a\\b.png', 'letters'],
    ['with blank.png', 'letters'],
    ['ümlaut.png', 'letters'],
    ['a/.hidden.png', 'letters'],
    ['__MACOSX/._a.png', 'letters'],
    ['trailing./a.png', 'letters'],
    ['con.txt', 'device'],
    ['a/LPT1.png', 'device'],
    ['README', 'extension'],
    [`${'a'.repeat(100)}.png`, '100'],
    [`${'abcdefgh/'.repeat(20)}a.png`, '180'],
    ['shell.php', 'refuse'],
    ['page.ASPX', 'refuse'],
    ['inner.zip', 'refuse'],
    ['module.mjs', 'refuse'],
    ['player.js.map', 'refuse'],
    ['data.br', 'refuse'],
  ])('refuses %s', (name, reason) => {
    expect(nameFault(name)).toContain(reason);
  });
});
