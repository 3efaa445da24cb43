import { describe, expect, it } from '@jest/globals';
import { fitName } from './file-names.js';

describe('a file name in an archive', () => {
  it.each([
    ['晨雾 东湖.jpg', '晨雾 东湖.jpg'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\a\\b.jpg', 'C__a_b.jpg'],
    ['a\u0000b\u202egpj.exe', 'a_b_gpj.exe'],
    ['...', 'file'],
    ['', 'file'],
    ['尾点. ', '尾点'],
    ['e\u0301.jpg', '\u00e9.jpg'],
  ])('%j becomes %j', (given, fit) => {
    expect(fitName(given)).toBe(fit);
  });

  it('that is too long is cut between characters and keeps its ending', () => {
    const fit = fitName(`${'𠮷'.repeat(200)}.jpeg`);
    expect(Array.from(fit)).toHaveLength(80);
    expect(fit).toMatch(/^𠮷+\.jpeg$/u);
  });
});
