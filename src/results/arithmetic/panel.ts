import {
  type CountedSheet,
  type Criterion,
  LEAST_JUDGES,
  type Marks,
  type Method,
  SheetCounter,
} from './aggregate.js';

/** A closed round as the arithmetic needs it: no names of works, no accounts, no database. */
export interface RoundMarks {
  criteria: readonly Criterion[];
  /** Everyone who may have a sheet, in the order in which they are shown. */
  judges: readonly { id: string; label: string }[];
  /** Chosen at opening; see `chooseMethod`. */
  method: Method;
  /** How many judges each work was to have when the round opened. */
  plannedJudges: number;
  entries: readonly RoundEntry[];
  /** A work with fewer complete sheets isn't ranked. Default: `LEAST_JUDGES`. */
  leastSheets?: number;
  /** Secret until the draw; its hash was published when the contest opened. */
  seed: string;
  /** The head of the audit chain at the close of submissions. */
  auditHead: string;
  /** False where the organiser has switched off “the earlier submission goes first”. Default: true. */
  earlierSubmissionDecides?: boolean;
}

export interface RoundEntry {
  id: string;
  /** The order of *final* submission: a lower number was sent earlier. */
  sequence: number;
  /** Submitted sheets, at most one from a judge. A sheet without all its marks does not count. */
  sheets: readonly { judge: string; marks: Marks }[];
}

/** A work with enough sheets to be ranked, its sheets in the order of the judges. */
export interface PanelWork {
  entry: RoundEntry;
  sheets: { judge: number; marks: Marks; counted: CountedSheet }[];
}

/** A work that cannot be ranked: too few complete sheets. */
export interface UnrankableEntry {
  id: string;
  reason: 'TOO_FEW_SHEETS';
  sheets: number;
  needed: number;
}

export interface Panel {
  works: PanelWork[];
  unrankable: UnrankableEntry[];
  counter: SheetCounter;
}

/**
 * Counts the complete sheets of every work.
 * @throws RangeError for marks out of range, an unknown judge, or two sheets of one judge for one work
 */
export function countPanel(round: RoundMarks): Panel {
  const counter = new SheetCounter(round.criteria);
  const judgeNumbers = new Map(round.judges.map(({ id }, index) => [id, index]));
  const { leastSheets = LEAST_JUDGES } = round;
  const works: PanelWork[] = [];
  const unrankable: UnrankableEntry[] = [];
  for (const entry of round.entries) {
    const sheets = countSheets(entry, judgeNumbers, counter);
    if (sheets.length >= leastSheets) works.push({ entry, sheets });
    else {
      unrankable.push({
        id: entry.id,
        reason: 'TOO_FEW_SHEETS',
        sheets: sheets.length,
        needed: leastSheets,
      });
    }
  }
  return { works, unrankable, counter };
}

function countSheets(entry: RoundEntry, judgeNumbers: ReadonlyMap<string, number>, counter: SheetCounter) {
  const sheets: PanelWork['sheets'] = [];
  const seen = new Set<number>();
  for (const { judge: id, marks } of entry.sheets) {
    const judge = judgeNumbers.get(id);
    if (judge === undefined) throw new RangeError(`judge ${id} of entry ${entry.id} is not on the panel`);
    if (seen.has(judge)) throw new RangeError(`judge ${id} has two sheets for entry ${entry.id}`);
    seen.add(judge);
    const counted = counter.count(marks);
    if (counted) sheets.push({ judge, marks, counted });
  }
  return sheets.sort((a, b) => a.judge - b.judge);
}

/** True if the same judges, and all that were planned, marked every work. */
export function isComplete(works: readonly PanelWork[], plannedJudges: number): boolean {
  const [first] = works;
  if (first === undefined) return true;
  if (first.sheets.length < plannedJudges) return false;
  return works.every(
    ({ sheets }) =>
      sheets.length === first.sheets.length &&
      sheets.every(({ judge }, index) => judge === first.sheets[index].judge),
  );
}
