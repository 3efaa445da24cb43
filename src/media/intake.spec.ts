import { describe, expect, it } from '@jest/globals';
import { cleanName } from './intake.js';

describe('a file’s name', () => {
  it.each([
    ['照片.jpg', '照片.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\IMG_1.JPG', 'IMG_1.JPG'],
    ['a\r\nSet-Cookie: x.jpg', 'a Set-Cookie: x.jpg'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['e\u0301.jpg', 'é.jpg'],
    ['\u0000', '未命名'],
    ['', '未命名'],
    ['长'.repeat(300), '长'.repeat(120)],
  ])('%j is shown as %j', (given, shown) => {
    expect(cleanName(given)).toBe(shown);
  });
});
