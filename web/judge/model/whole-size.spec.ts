import { describe, expect, it } from '@jest/globals';
import { awaitWhole, type Asked } from './whole-size';

function asking(...answers: Asked[]) {
  const waits: number[] = [];
  let asked = 0;
  return {
    waits,
    asked: () => asked,
    ask: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)]!),
    sleep: (ms: number) => Promise.resolve(void waits.push(ms)),
  };
}
const patient = () => new AbortController().signal;

describe('waiting for a picture of whole size', () => {
  it('asks until it is there, less and less often', async () => {
    const it = asking('making', 'unreachable', 'making', 'there');
    expect(await awaitWhole(it.ask, it.sleep, patient())).toBe(true);
    expect(it.waits).toEqual([250, 375, 562.5]);
  });

  it('takes a refusal for what it is', async () => {
    const it = asking('making', 'failed');
    expect(await awaitWhole(it.ask, it.sleep, patient())).toBe(false);
    expect(it.asked()).toBe(2);
  });

  it('does not wait for ever, nor for somebody who went on', async () => {
    const slow = asking('making');
    expect(await awaitWhole(slow.ask, slow.sleep, patient())).toBe(false);
    expect(slow.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(110_000);
    const gone = new AbortController();
    const left = asking('there');
    gone.abort();
    expect(await awaitWhole(left.ask, left.sleep, gone.signal)).toBe(false);
    expect(left.asked()).toBe(0);
  });
});
