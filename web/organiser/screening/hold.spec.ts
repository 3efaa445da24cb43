import { describe, expect, it, jest } from '@jest/globals';
import type { ScreeningItem } from '../../shared/api-types-desk';
import { DecisionHold, type HeldDecision } from './hold';

const work = (id: string) => ({ id }) as ScreeningItem;

function setUp() {
  const sent: string[] = [];
  const held: (string | null)[] = [];
  const hold = new DecisionHold(
    ({ work: { id }, verdict }: HeldDecision) => {
      sent.push(`${id} ${verdict.decision}`);
      return Promise.resolve();
    },
    (decision) => held.push(decision?.work.id ?? null),
    1000,
  );
  return { hold, sent, held };
}

describe('DecisionHold', () => {
  it('sends a decision when its moment has passed', async () => {
    jest.useFakeTimers();
    const { hold, sent } = setUp();
    hold.decide(work('a'), { decision: 'accept' });
    await jest.advanceTimersByTimeAsync(999);
    expect(sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['a accept']);
    expect(hold.undo()).toBeNull();
    jest.useRealTimers();
  });

  it('never sends what was undone', async () => {
    const { hold, sent, held } = setUp();
    hold.decide(work('a'), { decision: 'reject', reason: 'x' });
    expect(hold.undo()?.work.id).toBe('a');
    await hold.flush();
    expect(sent).toEqual([]);
    expect(held).toEqual(['a', null]);
  });

  it('sends the one before when the next is made, in order', async () => {
    const { hold, sent } = setUp();
    hold.decide(work('a'), { decision: 'accept' });
    hold.decide(work('b'), { decision: 'reject' });
    await hold.flush();
    expect(sent).toEqual(['a accept', 'b reject']);
  });
});
