import { judgeName } from './judge-name.js';

/**
 * Plots of the panel’s statistics as SVG texts: pure, so that a page and a paper show the same. Colours are those of
 * the project’s paper; words are set in the reader’s own sans serif, on paper in the document’s font.
 */

const INK = '#1B1B19';
const INK2 = '#5B5A55';
const LINE = '#E6E3DC';
const AMBER = '#855A0C';
const PINE = '#2F6B4F';
/** So narrow that a phone shows the letters at nearly their size. */
const WIDTH = 420;
const ROW = 26;
const LEFT = 150;
const RIGHT = 56;
/** More prizes than that are only in the table beside the plot. */
const MOST_BARS = 60;
/** Rows that stand in one picture: what is printed has to fit a sheet of paper. */
const ROWS = 20;

export interface Plotted {
  judges: readonly { judge: string; severity: number; error: number }[];
  confidence: {
    sureFrom: number;
    works: readonly { place: number; submission: { title: string }; tier: string | null; sure: number }[];
  } | null;
}

/** All plots of a result’s statistics, each in pieces that belong below one another. */
export function panelPlots(
  { judges, confidence }: Plotted,
  language: 'zh' | 'en',
): Record<'severity' | 'sure', string[]> {
  const lines = judges.map(({ judge, severity, error }) => ({
    label: judgeName(judge, language),
    severity,
    error,
  }));
  const prizes = (confidence?.works ?? []).filter(({ tier }) => tier !== null).slice(0, MOST_BARS);
  const bars = prizes.map(({ place, submission, sure }) => ({ label: `${place} ${submission.title}`, sure }));
  const most = reachOf(lines);
  return {
    severity: pieces(lines).map((some) => severityPlot(some, most)),
    sure: pieces(bars).map((some) => confidencePlot(some, confidence?.sureFrom ?? 0)),
  };
}

function pieces<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, at) =>
    rows.slice(at * ROWS, (at + 1) * ROWS),
  );
}

export interface SeverityLine {
  label: string;
  severity: number;
  error: number;
}

/** How far the scale goes to either side. */
function reachOf(lines: readonly SeverityLine[]): number {
  return Math.max(1e-9, ...lines.map(({ severity, error }) => Math.abs(severity) + 1.96 * error));
}

/** Each judge’s severity as a point with its 95 % interval, on one scale around nought. */
export function severityPlot(lines: readonly SeverityLine[], most = reachOf(lines)): string {
  const x = (value: number) => LEFT + ((value / most + 1) / 2) * (WIDTH - LEFT - RIGHT);
  const rows = lines.map(({ label, severity, error }, index) => {
    const y = index * ROW + ROW / 2;
    const clear = Math.abs(severity) > 1.96 * error;
    const colour = clear ? AMBER : INK;
    return (
      text(0, y, label, INK) +
      line(x(severity - 1.96 * error), y, x(severity + 1.96 * error), y, colour, 2) +
      `<circle cx="${number(x(severity))}" cy="${y}" r="4.5" fill="${colour}"/>` +
      text(WIDTH, y, signed(severity), colour, 'end')
    );
  });
  return svg(lines.length, line(x(0), 0, x(0), lines.length * ROW, LINE, 1) + rows.join(''));
}

export interface SureLine {
  label: string;
  /** 0–1 */
  sure: number;
}

/** How sure each prize is, as bars, with a line at what is too close to call. */
export function confidencePlot(lines: readonly SureLine[], sureFrom: number): string {
  const wide = WIDTH - LEFT - RIGHT;
  const rows = lines.map(({ label, sure }, index) => {
    const y = index * ROW + ROW / 2;
    const colour = sure < sureFrom ? AMBER : PINE;
    return (
      text(0, y, shortened(label), INK) +
      `<rect x="${LEFT}" y="${y - 6}" width="${wide}" height="12" rx="3" fill="#F2F0EB"/>` +
      `<rect x="${LEFT}" y="${y - 6}" width="${number(wide * sure)}" height="12" rx="3" fill="${colour}"/>` +
      text(WIDTH, y, `${Math.round(sure * 100)}%`, colour, 'end')
    );
  });
  const at = LEFT + wide * sureFrom;
  return svg(lines.length, rows.join('') + line(at, 0, at, lines.length * ROW, INK2, 1, '3 3'));
}

function svg(rows: number, content: string): string {
  const height = Math.max(1, rows) * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="'PingFang SC','Noto Sans SC','Noto Serif SC',sans-serif" font-size="14">${content}</svg>`;
}

function text(x: number, y: number, words: string, colour: string, anchor = 'start'): string {
  return `<text x="${x}" y="${y + 5}" fill="${colour}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  width: number,
  dashes = '',
): string {
  const dashed = dashes && ` stroke-dasharray="${dashes}"`;
  return `<line x1="${number(x1)}" y1="${y1}" x2="${number(x2)}" y2="${y2}" stroke="${colour}" stroke-width="${width}"${dashed}/>`;
}

/** Chinese characters are about twice as wide as others. */
function shortened(label: string): string {
  let width = 0;
  for (const [index, character] of [...label].entries()) {
    width += character.charCodeAt(0) > 0xff ? 2 : 1;
    if (width > 19) return `${[...label].slice(0, index).join('')}…`;
  }
  return label;
}

function signed(value: number): string {
  const size = Math.abs(value).toFixed(2);
  return value < 0 && size !== '0.00' ? `−${size}` : `+${size}`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
