import { describe, expect, it } from '@jest/globals';
import { FIT, fitSize, levelOfFullSize, panBy, place, zoomAt, zoomOf } from './zoom';

const frame = { width: 1000, height: 800 };
const wide = { width: 4000, height: 2000 };

describe('a picture in its frame', () => {
  it('fits whole and lies in the middle', () => {
    expect(fitSize(frame, wide)).toEqual({ width: 1000, height: 500 });
    expect(place(frame, wide, FIT)).toEqual({ width: 1000, height: 500, left: 0, top: 150 });
    expect(fitSize(frame, { width: 0, height: 0 })).toEqual({ width: 0, height: 0 });
  });

  it('knows 100 % by the pixels of the screen', () => {
    expect(levelOfFullSize(frame, wide, 1)).toBe(4);
    expect(levelOfFullSize(frame, wide, 2)).toBe(2);
    expect(levelOfFullSize(frame, { width: 500, height: 250 }, 1)).toBe(1.5);
  });

  it('shared by pictures of several sizes is 100 % of each, also when it is moved', () => {
    const shared = { level: 4, x: 0.5, y: 0.5, full: true } as const;
    for (const picture of [wide, { width: 3000, height: 3000 }]) {
      const own = zoomOf(frame, picture, shared, 1);
      expect(place(frame, picture, own).width).toBeCloseTo(picture.width);
      expect(panBy(frame, picture, own, 10, 10).full).toBe(true);
      expect(zoomAt(frame, picture, own, 2, { x: 0, y: 0 }).full).toBeUndefined();
    }
    expect(zoomOf(frame, wide, { level: 2, x: 0.5, y: 0.5 }, 1).level).toBe(2);
  });

  it('keeps the point under the pointer where it is', () => {
    const at = { x: 250, y: 300 };
    const before = place(frame, wide, FIT);
    const share = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
    const after = place(frame, wide, zoomAt(frame, wide, FIT, 4, at));
    expect(after.left + share.x * after.width).toBeCloseTo(at.x);
    expect(after.top + share.y * after.height).toBeCloseTo(at.y);
  });

  it('never leaves a gap that the picture could fill', () => {
    const corner = zoomAt(frame, wide, FIT, 4, { x: 0, y: 150 });
    const pulled = place(frame, wide, panBy(frame, wide, corner, 5000, 5000));
    expect([pulled.left, pulled.top]).toEqual([0, 0]);
    const back = place(frame, wide, panBy(frame, wide, panBy(frame, wide, corner, 5000, 5000), -10, -10));
    expect(back.left).toBeCloseTo(-10);
    expect(back.top).toBeCloseTo(-10);
  });

  it('comes back to the whole picture', () => {
    const inside = zoomAt(frame, wide, FIT, 4, { x: 10, y: 10 });
    expect(zoomAt(frame, wide, inside, 0.2, { x: 10, y: 10 })).toEqual(FIT);
  });
});
