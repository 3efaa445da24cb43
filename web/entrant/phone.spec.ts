import { describe, expect, it } from '@jest/globals';
import { mobile } from './phone';

describe('mobile', () => {
  it('takes a pasted number as the API wants it', () => {
    expect(mobile('138 0000-0001')).toBe('13800000001');
    expect(mobile('+86 138-0000 0001')).toBe('13800000001');
    expect(mobile('8613800000001')).toBe('13800000001');
  });

  it('gives nothing for what is no mobile number', () => {
    for (const typed of ['', '1380000', '023800000001', '86138000000', '一三八']) {
      expect(mobile(typed)).toBe('');
    }
  });
});
