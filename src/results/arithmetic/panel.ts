import type { ScoringRules, Trim } from '../../judging/scoring-rules.js';
import { type Criterion, type Marks, SheetCounter } from './aggregate.js';
import { LEAST_JUDGES, type Method } from './method.js';

/** How a closed round is ranked: its frozen rules, and what the draw is made from. */
export interface RankingRules extends Omit<ScoringRules, 'trim'> {
  criteria: readonly Criterion[];
  /** Chosen at opening; see `chooseMethod`. */
  method: Method;
  /** Of the trimmed mean. */
  trim: Trim | null;
  /** How many judges each work was to have: those who left the panel are no longer expected. */
  plannedJudges: number;
  /** A work with fewer complete sheets isn't ranked. Default: `LEAST_JUDGES`. */
  leastSheets?: number;
  /** Secret until the draw; its hash was published when the contest opened. */
  seed: string;
  /** The head of the audit chain at the close of submissions. */
  auditHead: string;
  /** Orders of works that were still tied when the jury's chair decided between them, by their ids. */
  chair: readonly (readonly string[])[];
}

/** A closed round as the arithmetic needs it: no names of works, no accounts, no database. */
export interface RoundMarks extends RankingRules {
  /** Everyone who may have a sheet, in the order in which they are shown. */
  judges: readonly { id: string; label: string }[];
  entries: readonly RoundEntry[];
}

export interface RoundEntry {
  id: string;
  /** The order of *final* submission: a lower number was sent earlier. */
  sequence: number;
  /** Submitted sheets, at most one from a judge. A sheet without all its marks does not count. */
  sheets: readonly { judge: string; marks: Marks }[];
}

/**
 * A work with enough sheets to be ranked. Its sheets are one flat list, in the order of the judges: the judge's
 * number, then mark − min by criterion in `SheetCounter.markUnit`. So a million works fit in memory.
 */
export interface PanelWork {
  id: string;
  sequence: number;
  cells: readonly number[];
}

/** A work that cannot be ranked: too few complete sheets. */
export interface UnrankableEntry {
  id: string;
  reason: 'TOO_FEW_SHEETS';
  sheets: number;
  needed: number;
}

interface Sheet {
  seat: number;
  above: number[];
}

/** The complete sheets of a round, taken in work by work. */
export class Panel {
  readonly works: PanelWork[] = [];
  readonly unrankable: UnrankableEntry[] = [];
  readonly counter: SheetCounter;
  private readonly judgeNumbers: Map<string, number>;
  private readonly stride: number;

  constructor(
    criteria: readonly Criterion[],
    readonly judges: RoundMarks['judges'],
    private readonly leastSheets = LEAST_JUDGES,
    counter?: SheetCounter,
  ) {
    this.counter = counter ?? new SheetCounter(criteria);
    this.stride = this.counter.width + 1;
    this.judgeNumbers = new Map(judges.map(({ id }, index) => [id, index]));
  }

  /** @throws RangeError for marks out of range, an unknown judge, or two sheets of one judge for the work */
  add({ id, sequence, sheets }: RoundEntry): void {
    const complete: Sheet[] = [];
    const seen = new Set<number>();
    for (const { judge, marks } of sheets) {
      const seat = this.judgeNumbers.get(judge);
      if (seat === undefined) throw new RangeError(`judge ${judge} of entry ${id} is not on the panel`);
      if (seen.has(seat)) throw new RangeError(`judge ${judge} has two sheets for entry ${id}`);
      seen.add(seat);
      const above = this.counter.read(marks);
      if (above) complete.push({ seat, above });
    }
    this.take(id, sequence, complete);
  }

  /** The same from texts: complete sheets, each the judge's number, then the marks in the order of the criteria. */
  addSeats(id: string, sequence: number, sheets: readonly (readonly string[])[]): void {
    this.take(
      id,
      sequence,
      sheets.map(([seat, ...marks]) => ({ seat: Number(seat), above: this.counter.readRow(marks) })),
    );
  }

  private take(id: string, sequence: number, sheets: Sheet[]): void {
    if (sheets.length < this.leastSheets) {
      const needed = this.leastSheets;
      this.unrankable.push({ id, reason: 'TOO_FEW_SHEETS', sheets: sheets.length, needed });
      return;
    }
    const cells: number[] = [];
    for (const { seat, above } of sheets.sort((a, b) => a.seat - b.seat)) cells.push(seat, ...above);
    this.works.push({ id, sequence, cells });
  }

  /** The same without the sheets of one judge; works that have any sheet left are in it. */
  without(seat: number): Panel {
    const panel = new Panel([], this.judges, 1, this.counter);
    for (const { id, sequence, cells } of this.works) {
      const sheets: Sheet[] = [];
      for (let at = 0; at < cells.length; at += this.stride) {
        if (cells[at] === seat) continue;
        sheets.push({ seat: cells[at], above: cells.slice(at + 1, at + this.stride) });
      }
      panel.take(id, sequence, sheets);
    }
    return panel;
  }

  sheetsOf({ cells }: PanelWork): number {
    return cells.length / this.stride;
  }

  /** Number of the judge who gave a work's sheet. */
  judgeOf({ cells }: PanelWork, sheet: number): number {
    return cells[sheet * this.stride];
  }

  /** A judge's total for a work, × `counter.unit`. */
  total({ cells }: PanelWork, sheet: number): bigint {
    return this.counter.total(cells, sheet * this.stride + 1);
  }

  /** Mark − min, × `counter.markUnit`. */
  above({ cells }: PanelWork, sheet: number, criterion: number): number {
    return cells[sheet * this.stride + 1 + criterion];
  }

  /** True if the same judges, and all that were planned, marked every work. */
  isComplete(plannedJudges: number): boolean {
    const [first] = this.works;
    if (first === undefined) return true;
    const sheets = this.sheetsOf(first);
    if (sheets < plannedJudges) return false;
    return this.works.every((work) => {
      if (work.cells.length !== first.cells.length) return false;
      for (let at = 0; at < first.cells.length; at += this.stride) {
        if (work.cells[at] !== first.cells[at]) return false;
      }
      return true;
    });
  }
}

export function panelOf({ criteria, judges, leastSheets, entries }: RoundMarks): Panel {
  const panel = new Panel(criteria, judges, leastSheets);
  for (const entry of entries) panel.add(entry);
  return panel;
}
