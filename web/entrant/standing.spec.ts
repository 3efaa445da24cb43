import { afterEach, describe, expect, it } from '@jest/globals';
import { setServerNow } from '../shared/clock';
import { chipText, editable, standingOf } from './standing';
import { progressOf } from './work/progress';

const work = (status: Parameters<typeof editable>[0]['status'], ...media: string[]) => ({
  status,
  media: media.map((one) => ({ status: one })),
});

describe('standingOf', () => {
  it('names the one next thing', () => {
    expect(standingOf(work('draft'), 'open').next).toBe('goOn');
    expect(standingOf(work('submitted', 'ready'), 'open').next).toBe('editUntil');
    expect(standingOf(work('submitted', 'ready'), 'closed').next).toBe('waitScreening');
    expect(standingOf(work('returned', 'ready'), 'closed').next).toBe('mend');
    expect(standingOf(work('returned', 'failed'), 'closed').next).toBe('mendFile');
    const over = { ...work('returned', 'failed'), repairUntil: new Date(Date.now() - 1).toISOString() };
    expect(standingOf(over, 'closed').next).toBe('repairOver');
    expect(standingOf(work('accepted', 'ready'), 'judging').next).toBe('inJudging');
    expect(standingOf(work('draft', 'ready'), 'closed').next).toBe('tooLate');
  });

  it('puts a broken file before everything that can still be mended', () => {
    expect(standingOf(work('submitted', 'ready', 'failed'), 'open')).toMatchObject({
      chip: 'fileFailed',
      next: 'replaceFile',
    });
    expect(standingOf(work('submitted', 'failed', 'pending'), 'closed').next).toBe('waitScreening');
  });

  it('says that a file is still being processed', () => {
    expect(standingOf(work('submitted', 'pending'), 'open').chip).toBe('processing');
  });

  it('tells how far a video is where that is known', () => {
    const say = (key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key);
    const at = (progress: number | null, status: 'pending' | 'ready' = 'pending') =>
      chipText(standingOf(work('submitted', status), 'open'), { media: [{ status, progress }] }, say);
    expect(at(37)).toBe('processingAt {"percent":37}');
    expect(at(0)).toBe('processingAt {"percent":0}');
    expect(at(null)).toBe('processing');
    expect(at(null, 'ready')).toBe('submitted');
  });
});

describe('editable', () => {
  it('ends with the deadline, but for what was sent back', () => {
    expect(editable({ status: 'submitted' }, 'open')).toBe(true);
    expect(editable({ status: 'submitted' }, 'closed')).toBe(false);
    expect(editable({ status: 'returned' }, 'closed')).toBe(true);
    const until = (ms: number) => new Date(Date.now() + ms).toISOString();
    expect(editable({ status: 'returned', repairUntil: until(60_000) }, 'closed')).toBe(true);
    expect(editable({ status: 'returned', repairUntil: until(-1) }, 'closed')).toBe(false);
    expect(editable({ status: 'rejected' }, 'open')).toBe(false);
  });
});

describe('editable on a phone whose clock is a year off', () => {
  afterEach(() => setServerNow(new Date().toISOString()));

  it('goes by the server’s clock', () => {
    const year = 366 * 86_400_000;
    for (const off of [-year, year]) {
      const server = Date.now() - off;
      setServerNow(new Date(server).toISOString());
      const until = (ms: number) => new Date(server + ms).toISOString();
      expect(editable({ status: 'returned', repairUntil: until(60_000) }, 'closed')).toBe(true);
      expect(editable({ status: 'returned', repairUntil: until(-60_000) }, 'closed')).toBe(false);
    }
  });
});

describe('progressOf', () => {
  it('goes on only for accepted works', () => {
    const tones = (...given: Parameters<typeof progressOf>) => progressOf(...given).map((step) => step.tone);
    expect(tones('draft', 'open')).toEqual(['now', 'later', 'later', 'later']);
    expect(tones('submitted', 'judging')).toEqual(['done', 'now', 'later', 'later']);
    expect(tones('accepted', 'judging')).toEqual(['done', 'done', 'now', 'later']);
    expect(tones('rejected', 'decided')).toEqual(['done', 'bad', 'later', 'later']);
    expect(tones('accepted', 'decided')).toEqual(['done', 'done', 'done', 'now']);
  });
});
