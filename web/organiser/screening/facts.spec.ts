import { describe, expect, it } from '@jest/globals';
import type { FileFacts } from '../../shared/api-types-desk';
import { fill } from '../../shared/language';
import { factWords } from './fact-words';
import { exposureText, factChips, factLines, sourceText } from './facts';

const nothing: FileFacts = {
  takenAt: null,
  camera: null,
  lens: null,
  exposure: { fNumber: null, exposureTime: null, iso: null, focalLength: null },
  gps: null,
  software: null,
  edits: { programs: [], history: false, savedAt: null },
  provenance: { c2pa: false, ai: null, mark: null, generator: null },
};
const zh = (key: keyof (typeof factWords)['zh'], values?: Record<string, string | number>) =>
  fill(factWords.zh[key], values);
const en = (key: keyof (typeof factWords)['en'], values?: Record<string, string | number>) =>
  fill(factWords.en[key], values);

describe('facts on the desk', () => {
  it('have a line each, in words', () => {
    const facts: FileFacts = {
      ...nothing,
      takenAt: '2019-08-30T10:11:12+08:00',
      camera: 'Canon EOS 5D',
      exposure: { fNumber: 2.8, exposureTime: 0.005, iso: 100, focalLength: 35 },
      gps: { lat: -27.825, lon: 113.08 },
      edits: { programs: ['Adobe Photoshop', '美图秀秀'], history: true, savedAt: '2019-09-01T08:00:00' },
    };
    expect(factLines(facts, zh)).toEqual([
      ['拍摄时间', '2019-08-30 10:11:12（UTC+08:00）'],
      ['相机', 'Canon EOS 5D'],
      ['曝光', 'f/2.8 · 1/200 秒 · ISO 100 · 35 mm'],
      ['拍摄地点', '南纬 27.82500°，东经 113.08000°'],
      ['编辑痕迹', 'Adobe Photoshop、美图秀秀；留有编辑记录；拍摄后于 2019-09-01 08:00 另存'],
    ]);
    expect(factLines(facts, en)[3]).toEqual(['Place', '27.82500° S, 113.08000° E']);
    expect(factLines(nothing, zh)).toEqual([]);
  });

  it('say when a clock told no zone', () => {
    expect(factLines({ ...nothing, takenAt: '2019-08-30T10:11:12' }, zh)).toEqual([
      ['拍摄时间', '2019-08-30 10:11:12（相机未记时区）'],
    ]);
    expect(factLines({ ...nothing, takenAt: '2019-08-30T10:11:12Z' }, en)).toEqual([
      ['Taken', '2019-08-30 10:11:12 (UTC)'],
    ]);
  });

  it.each([
    [0.5, '0.5 秒'],
    [2, '2 秒'],
    [1 / 3, '0.3 秒'],
    [1 / 4, '1/4 秒'],
    [0.000376, '1/2660 秒'],
  ])('write a shutter of %d s as photographers do', (exposureTime, text) => {
    expect(exposureText({ ...nothing.exposure, exposureTime }, zh)).toBe(text);
  });

  it('show labels as chips, with where they were found', () => {
    const facts = (provenance: Partial<FileFacts['provenance']>) => ({
      ...nothing,
      provenance: { ...nothing.provenance, ...provenance },
    });
    const made = facts({ c2pa: true, ai: 'generated', mark: 'AIGC', generator: '某某AI' });
    expect(factChips(made, zh)).toEqual([
      { text: 'AI 生成标识', tone: 'amber' },
      { text: '内容凭证 C2PA', tone: 'neutral' },
    ]);
    expect(sourceText(made, zh)).toBe('依据：国标 AIGC 标识（GB 45438）；署名 某某AI');
    expect(factChips(nothing, zh)).toEqual([]);
    expect(sourceText(nothing, zh)).toBe('');
    expect(sourceText(facts({ c2pa: true, generator: 'Leica M11-P' }), zh)).toBe('署名 Leica M11-P');
  });
});
