import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { watchPace } from './pace.js';

describe('the pace of an upload', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const slow = jest.fn();
  const request = { complete: false, socket: { bytesRead: 0 } };
  /** Half a minute in which so much arrives. */
  const pass = (bytes: number) => {
    request.socket.bytesRead += bytes;
    jest.advanceTimersByTime(30_000);
  };

  beforeEach(() => {
    slow.mockClear();
    request.complete = false;
  });

  it('is that of a phone on a bad network, or somebody is told', () => {
    const stop = watchPace(request, slow);
    pass(20_000);
    pass(17_000);
    expect(slow).not.toHaveBeenCalled();
    pass(30);
    expect(slow).toHaveBeenCalledTimes(1);
    stop();
  });

  it('does not matter once all has arrived, or when nobody cares any more', () => {
    const stop = watchPace(request, slow);
    request.complete = true;
    pass(0);
    request.complete = false;
    stop();
    pass(0);
    expect(slow).not.toHaveBeenCalled();
  });
});
