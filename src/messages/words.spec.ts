import { describe, expect, it } from '@jest/globals';
import { MessageKinds } from './message-kinds.js';
import { defineMessages, inWords } from './words.js';

const { kinds, message } = defineMessages({
  'TEST.RETURNED': {
    title: { zh: '《{title}》需要修改', en: '“{title}” was returned' },
    text: { zh: '原因：{reason}\n请在 {until} 前修改。', en: '{reason}\nBefore {until}.' },
  },
});
const words = kinds['TEST.RETURNED'];
const timeZone = 'Asia/Shanghai';

describe('a message', () => {
  it('is told in the reader’s language, its end in the contest’s time zone', () => {
    const { params } = message('TEST.RETURNED', {
      title: '晨雾',
      reason: { zh: '文件不完整', en: 'The file is incomplete' },
      until: { until: '2026-09-17T10:00:00.000Z', timeZone },
    });
    expect(inWords(words, params, 'zh')).toEqual({
      title: '《晨雾》需要修改',
      text: '原因：文件不完整\n请在 9月17日 18:00 前修改。',
    });
    expect(inWords(words, params, 'en').text).toBe('The file is incomplete\nBefore 17 September at 18:00.');
  });

  it('tells an end at midnight as the last minute of the day before', () => {
    const until = { until: '2026-09-15T16:00:00.000Z', timeZone };
    expect(inWords(words, { until }, 'zh').text).toContain('9月15日 23:59 前');
  });

  it('has a title of one line, whatever its parameters hold, and takes no parameter out of another', () => {
    const params = { title: 'a\r\nBcc: x@y.z\u0000', reason: '{until} {title}', until: 'x' };
    const { title, text } = inWords(words, params, 'zh');
    expect(title).toBe('《a Bcc: x@y.z 》需要修改');
    expect(text).toContain('原因：{until} {title}');
  });
});

describe('the kinds of messages', () => {
  it('may be given twice by one feature, and not by two', () => {
    const all = new MessageKinds();
    all.register(kinds);
    all.register(kinds);
    expect(all.words('TEST.RETURNED')).toBe(words);
    expect(() => all.register({ 'TEST.RETURNED': { ...words } })).toThrow(/TEST\.RETURNED/);
  });

  it('has something to say of a message whose kind is gone', () => {
    expect(inWords(new MessageKinds().words('GONE'), {}, 'zh').title).not.toBe('');
  });
});
