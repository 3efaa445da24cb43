import { describe, expect, it } from '@jest/globals';
import { checkCapture, instantOf, type CaptureRule } from './capture.js';

const rule: CaptureRule = {
  timeZone: 'Asia/Shanghai',
  closesAt: new Date('2019-09-16T00:00:00+08:00'),
  capturedFrom: '2019-06-01',
  capturedUntil: '2019-08-31',
};
const silent: CaptureRule = { ...rule, capturedFrom: null, capturedUntil: null };
const media = (takenAt: string | null, change: object = {}) =>
  ({
    kind: 'image',
    status: 'ready',
    facts: { takenAt, camera: 'Canon' },
    createdAt: new Date('2019-09-10T12:00:00+08:00'),
    ...change,
  }) as const;
const codes = (takenAt: string | null, rules = rule, change = {}) =>
  checkCapture(media(takenAt, change), rules).map(({ code }) => code);

describe('a capture time', () => {
  it('is compared by the day in the contest’s time zone, both ends counted in', () => {
    expect(codes('2019-06-01T00:00:00')).toEqual([]);
    expect(codes('2019-08-31T23:59:59')).toEqual([]);
    expect(codes('2019-05-31T23:59:59')).toEqual(['CAPTURED_EARLY']);
    expect(codes('2019-09-01T00:00:00')).toEqual(['CAPTURED_LATE']);
    // The same instants as a clock elsewhere shows them.
    expect(codes('2019-05-31T16:00:00Z')).toEqual([]);
    expect(codes('2019-08-31T12:00:00-04:00')).toEqual(['CAPTURED_LATE']);
    expect(checkCapture(media('2019-05-31T10:00:00'), rule)).toEqual([
      { code: 'CAPTURED_EARLY', params: { taken: '2019-05-31', limit: '2019-06-01' } },
    ]);
  });

  it('may be any day where the rules don’t say, but not after closing', () => {
    expect(codes('1985-01-01T00:00:00', silent)).toEqual([]);
    const later = { createdAt: new Date('2019-09-20T12:00:00+08:00') };
    expect(codes('2019-09-15T23:59:59', silent, later)).toEqual([]);
    expect(checkCapture(media('2019-09-16T00:00:00', later), silent)).toEqual([
      { code: 'CAPTURED_LATE', params: { taken: '2019-09-16', limit: '2019-09-15' } },
    ]);
  });

  it('that lies after the upload is only that, and an hour is a clock’s fault', () => {
    expect(codes('2019-09-10T12:59:00', silent)).toEqual([]);
    expect(codes('2019-09-10T13:01:00', silent)).toEqual(['CAPTURED_IN_FUTURE']);
    expect(codes('2030-01-01T00:00:00')).toEqual(['CAPTURED_IN_FUTURE']);
  });

  it('of a video without its camera is that of its cutting', () => {
    const video = (camera: string | null) => ({
      kind: 'video',
      facts: { takenAt: '2019-09-05T10:00:00Z', camera },
    });
    expect(codes(null, rule, video(null))).toEqual([]);
    expect(codes(null, rule, video('Apple iPhone 15'))).toEqual(['CAPTURED_LATE']);
    expect(
      codes(null, rule, { kind: 'video', facts: { takenAt: '2019-05-05T10:00:00Z', camera: null } }),
    ).toEqual(['CAPTURED_EARLY']);
  });

  it('says nothing where there is none', () => {
    expect(codes(null)).toEqual([]);
    expect(codes('2019-05-31T10:00:00', rule, { facts: null })).toEqual([]);
    expect(codes('2019-05-31T10:00:00', rule, { status: 'pending' })).toEqual([]);
  });

  it('without an offset is on the zone’s clock, also in summer', () => {
    const iso = (takenAt: string, zone: string) => instantOf(takenAt, zone)?.toISOString();
    expect(iso('2019-08-30T10:11:12', 'Asia/Shanghai')).toBe('2019-08-30T02:11:12.000Z');
    expect(iso('2019-08-30T10:11:12', 'America/New_York')).toBe('2019-08-30T14:11:12.000Z');
    expect(iso('2019-01-30T10:11:12', 'America/New_York')).toBe('2019-01-30T15:11:12.000Z');
    expect(iso('2019-08-30T10:11:12+02:00', 'Asia/Shanghai')).toBe('2019-08-30T08:11:12.000Z');
    expect(instantOf('soon', 'Asia/Shanghai')).toBeNull();
  });
});
