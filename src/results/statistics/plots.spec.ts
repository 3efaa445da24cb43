import { describe, expect, it } from '@jest/globals';
import { confidencePlot, panelPlots, severityPlot } from './plots.js';

describe('plots', () => {
  it('set a judge at nought into the middle, and mark who is clearly severe', () => {
    const plot = severityPlot([
      { label: '评委1', severity: 0, error: 1 },
      { label: '评委2', severity: -4, error: 1 },
    ]);
    expect(plot).toContain('<circle cx="257" cy="13"');
    expect(plot).toMatch(/fill="#855A0C" text-anchor="end">−4\.00</);
    expect(plot).toContain('>+0.00<');
  });

  it('draw bars as long as a prize is sure, and let nobody write into the page', () => {
    const plot = confidencePlot([{ label: '<script>&', sure: 0.5 }], 0.6);
    expect(plot).toContain('width="107"');
    expect(plot).toContain('>50%<');
    expect(plot).toContain('&lt;script&gt;&amp;');
    expect(plot).not.toContain('<script>');
  });

  it('cut titles that are too long by their width', () => {
    expect(confidencePlot([{ label: '长'.repeat(30), sure: 1 }], 0.6)).toContain(`>${'长'.repeat(9)}…<`);
  });

  it('come in pieces that fit a sheet of paper, all on one scale, in the reader’s language', () => {
    const judges = Array.from({ length: 21 }, (_, i) => ({
      judge: `评委${i + 1}`,
      severity: i === 20 ? 9 : 0,
      error: 0,
    }));
    const works = Array.from({ length: 70 }, (_, i) => ({
      ...{ place: i + 1, submission: { title: '春' }, tier: i === 3 ? null : 'first', sure: 1 },
    }));
    const { severity, sure } = panelPlots({ judges, confidence: { sureFrom: 0.6, works } }, 'en');
    const rows = (pieces: string[]) => pieces.map((svg) => svg.match(/text-anchor="start"/g)?.length);
    expect([rows(severity), rows(sure)]).toEqual([
      [20, 1],
      [20, 20, 20],
    ]);
    expect(severity[1]).toContain('>Judge 21<');
    // The farthest of all stands at the edge, and the others at nought, in their own piece too.
    expect([severity[0], severity[1]]).toEqual([
      expect.stringContaining('cx="257"'),
      expect.stringContaining('cx="364"'),
    ]);
    expect(sure[0]).not.toContain('>4 春<');
    expect(panelPlots({ judges, confidence: null }, 'zh').sure).toEqual([]);
  });
});
