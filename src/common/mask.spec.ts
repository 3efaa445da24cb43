import { describe, expect, it } from '@jest/globals';
import { maskContact, maskName } from './mask.js';

describe('a name as it is published', () => {
  it.each([
    ['王晓明', '王*明'],
    ['李娜', '李*'],
    ['欧阳修远', '欧**远'],
    ['阿卜杜拉·买买提', '阿**拉·买*提'],
    ['John Smith', 'J*** S****'],
    ['甲', '甲'],
    ['', ''],
    ['𠮷野家', '𠮷*家'],
  ])('%s becomes %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('a contact', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['zhang@example.org', 'z***@example.org'],
    ['12345', '1***'],
    [null, ''],
  ])('%s becomes %s', (contact, masked) => {
    expect(maskContact(contact)).toBe(masked);
  });
});
