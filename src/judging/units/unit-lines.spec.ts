import { describe, expect, it } from '@jest/globals';
import { linesOf, resolveLines, type UnitPerson } from './unit-lines.js';

const people: UnitPerson[] = [
  { of: 'judge', id: 'j1', name: '王建国', phone: '13900000001' },
  { of: 'author', id: 'a1', name: '张三', phone: '13800000001' },
  { of: 'author', id: 'a2', name: '张三', phone: '13800000002' },
  { of: 'author', id: 'a3', name: '李四', phone: '13800000002' },
  { of: 'author', id: 'a4', name: '王建国', phone: '13900000001' },
];

describe('a pasted list of units', () => {
  it('is read with tabs, commas, arrows or blanks between', () => {
    const text =
      '张三\t文化馆\r\n13800000002，株洲日报社\n\n李四 → 天元区 摄影协会\n张三 13800000001 文化馆\n王五,13800000009,一中\n赵六，';
    expect(linesOf(text)).toEqual([
      { who: '张三', unit: '文化馆' },
      { who: '13800000002', unit: '株洲日报社' },
      { who: '李四', unit: '天元区 摄影协会' },
      { who: '张三 13800000001', unit: '文化馆' },
      { who: '王五 13800000009', unit: '一中' },
      { who: '赵六', unit: null },
    ]);
  });

  it('means one person a line, as judge and author; who is unknown or one of several is named', () => {
    const lines = ['李四', '张三 13800000001', '王建国', '张三', '13800000002', '孙七', '李四 13800000001'];
    expect(
      resolveLines(
        lines.map((who) => ({ who, unit: '文化馆' })),
        people,
      ),
    ).toEqual({
      members: [
        { of: 'author', id: 'a3', unit: '文化馆' },
        { of: 'author', id: 'a1', unit: '文化馆' },
        { of: 'judge', id: 'j1', unit: '文化馆' },
        { of: 'author', id: 'a4', unit: '文化馆' },
      ],
      unknown: ['孙七', '李四 13800000001'],
      ambiguous: ['张三', '13800000002'],
    });
  });
});
