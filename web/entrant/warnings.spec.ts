import { describe, expect, it } from '@jest/globals';
import type { Check, Media } from '../shared/api-types';
import { fill } from '../shared/language';
import { warningsOf, warningText, workWarningText } from './warnings';
import { warningWords } from './warning-words';

const withChecks = (...codes: string[]) =>
  ({ kind: 'image', checks: codes.map((code): Check => ({ code, params: {} })) }) as Media;

describe('warningsOf', () => {
  it('counts tiles from 1', () => {
    const found = warningsOf([withChecks('NO_EXIF'), withChecks(), withChecks('TOO_SMALL')]);
    expect(found.map(({ position, check }) => [position, check.code])).toEqual([
      [1, 'NO_EXIF'],
      [3, 'TOO_SMALL'],
    ]);
  });

  it('does not also call a compressed copy small', () => {
    const found = warningsOf([withChecks('TOO_SMALL', 'WECHAT_COMPRESSED', 'OWN_DUPLICATE')]);
    expect(found.map(({ check }) => check.code)).toEqual(['WECHAT_COMPRESSED', 'OWN_DUPLICATE']);
  });
});

describe('warningText', () => {
  const say = (check: Check, language: 'zh' | 'en' = 'zh', files = 1, kind: Media['kind'] = 'image') => {
    const media = Array.from({ length: files }, () => ({ kind, checks: [] as Check[] }) as Media);
    media.at(-1)!.checks = [check];
    return warningsOf(media)
      .map((warning) =>
        warningText(warning, (key, values) => fill(warningWords[language][key], values), language),
      )
      .join();
  };

  it('names the file and the days as people do', () => {
    const early = { code: 'CAPTURED_EARLY', params: { taken: '2019-05-31', limit: '2019-06-01' } };
    expect(say(early)).toContain('这张照片的拍摄日期是 2019年5月31日，早于比赛要求的 2019年6月1日');
    expect(say(early, 'zh', 3)).toContain('第 3 张的拍摄日期');
    expect(say(early, 'en', 1, 'video')).toContain('This video was taken on 31 May 2019, before 1 June 2019');
  });

  it('names a generator where there is one, and says “possibly” of WeChat', () => {
    const params = { mark: 'AIGC', generator: '某某AI' };
    expect(say({ code: 'AI_GENERATED', params })).toContain('「AI 生成」标识（某某AI），主办方会看到');
    expect(say({ code: 'AI_GENERATED', params: { mark: '', generator: '' } })).toContain(
      '标识，主办方会看到',
    );
    expect(say({ code: 'WECHAT_COMPRESSED', params: { width: 1440, height: 1920 } })).toContain(
      '可能被微信压缩过（1440 × 1920）',
    );
  });

  it('leaves no gap in any sentence, in either language', () => {
    const params = {
      edge: 1,
      minEdge: 2,
      width: 3,
      height: 4,
      mark: 'C2PA',
      generator: 'x',
      taken: '2019-05-31',
      limit: '2019-06-01',
      title: '归途',
      number: 'A0001',
    };
    const codes = [
      'TOO_SMALL',
      'WECHAT_COMPRESSED',
      'NO_EXIF',
      'OWN_DUPLICATE',
      'AI_GENERATED',
      'AI_EDITED',
      'AI_POSSIBLE',
      'CAPTURED_EARLY',
      'CAPTURED_LATE',
      'CAPTURED_IN_FUTURE',
      'UNHEARD_OF',
    ];
    for (const language of ['zh', 'en'] as const) {
      const sentences = codes.map((code) => say({ code, params }, language));
      expect(sentences.filter((sentence) => /[{}]|undefined/.test(sentence))).toEqual([]);
      expect(new Set(sentences).size).toBe(codes.length);
    }
  });

  it('names one’s own other work, by its title and number, or as a draft without either', () => {
    const params = { title: '归途', number: 'A0007' };
    expect(say({ code: 'OWN_DUPLICATE', params }, 'zh', 2)).toBe(
      '第 2 张和您的《归途》（A0007）很像，请确认没有重复投稿。',
    );
    expect(say({ code: 'OWN_DUPLICATE', params: { title: '', number: '' } })).toContain('《未命名》很像');
  });

  it('has a sentence for each thing to know of a whole work', () => {
    for (const language of ['zh', 'en'] as const) {
      const sentences = ['DOUYIN_LINK_MISSING', 'DOUYIN_NO_VIDEO', 'DOUYIN_TWICE', 'UNHEARD_OF'].map((code) =>
        workWarningText({ code, params: { title: '归途', number: 'B0001' } }, (key, values) =>
          fill(warningWords[language][key], values),
        ),
      );
      expect(sentences.filter((sentence) => /[{}]|undefined/.test(sentence))).toEqual([]);
      expect(new Set(sentences).size).toBe(4);
    }
  });
});
