import { describe, expect, it } from '@jest/globals';
import { writeLetter } from './letter.js';

const words = {
  title: { zh: '《{title}》需要修改', en: '“{title}” needs a change' },
  text: { zh: '原因：{reason}\n请修改。', en: 'Reason: {reason}' },
};
const parts = { words, language: 'zh' as const, name: '张三', url: 'https://photo.example.org/c/a/work/1' };

describe('a letter', () => {
  it('greets, tells, and says where to look and who sends it, in its reader’s language', () => {
    const params = { title: '晨雾', reason: '像素不足' };
    const zh = writeLetter({ ...parts, params, contest: '定格·幸福社区' });
    expect(zh.subject).toBe('《晨雾》需要修改');
    expect(zh.text).toContain('张三，您好：\n\n原因：像素不足\n请修改。\n\n打开页面: https://photo');
    expect(zh.text).toContain('定格·幸福社区 · 定格');
    const en = writeLetter({ ...parts, params, language: 'en', contest: null });
    expect(en.text).toContain('Dear 张三,\n\nReason: 像素不足');
  });

  it('lets nothing that a person wrote become a header or a tag', () => {
    const params = {
      title: 'a\r\nBcc: everybody@example.org\u2028\u0000b',
      reason: '<script>alert(1)</script>&"\'',
    };
    const { subject, html } = writeLetter({ ...parts, name: 'x\r\nTo: y', params, contest: '<b>' });
    expect(subject).toBe('《a Bcc: everybody@example.org b》需要修改');
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;');
  });
});
