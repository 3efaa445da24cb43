import { describe, expect, it } from '@jest/globals';
import { confidencePlot, severityPlot } from './plots.js';

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
});
