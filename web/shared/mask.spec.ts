import { describe, expect, it } from '@jest/globals';
import { maskPhone } from './mask';

describe('maskPhone', () => {
  it('hides the middle of a whole number only', () => {
    expect([
      maskPhone('13812345678'),
      maskPhone('138****5678'),
      maskPhone('a@b.cn'),
      maskPhone(null),
    ]).toEqual(['138****5678', '138****5678', 'a@b.cn', '']);
  });
});
