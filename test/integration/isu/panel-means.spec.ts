import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { trimmedMean } from '../../../src/results/arithmetic/aggregate.js';
import { Fraction } from '../../../src/results/arithmetic/fraction.js';

/**
 * Real marks with published results: figure skating, October 2016 to December 2017 (BuzzFeed News, CC BY 4.0).
 * The data are no part of this project; they are read from beside it where they are there.
 */
const ROOT = join(import.meta.dirname, '..', '..', '..');
const DATA = join(ROOT, '..', 'shared', 'datasets', 'isu_2016_17_components');
const there = existsSync(join(DATA, 'scores.csv'));
const title = 'figure skating components, against the published results';

(there ? describe : describe.skip)(
  there ? title : `${title} (skipped: no dataset beside the repository)`,
  () => {
    const read = (text: string) => Fraction.fromDecimalString(text);

    /** Rows of a CSV without quotes (checked) by the names in its header. */
    function table(file: string): Record<string, string>[] {
      const text = readFileSync(join(DATA, file), 'utf8');
      if (text.includes('"')) throw new Error(`${file} has quoted cells, which this test does not read`);
      const [header, ...lines] = text.trim().split(/\r?\n/);
      const names = header.split(',');
      return lines.map((line) => {
        const cells = line.split(',');
        return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
      });
    }

    /** In this dataset 0.0 is an absent judge: no mark. */
    function marksByCriterion(): Map<string, Fraction[]> {
      const marks = new Map<string, Fraction[]>();
      for (const { criterion, score } of table('scores.csv')) {
        const mark = read(score);
        const list = marks.get(criterion) ?? [];
        marks.set(criterion, list);
        if (mark.numerator !== 0n) list.push(mark);
      }
      return marks;
    }

    /** Published: the panel mean to 2 decimals; then mean × factor to 2 decimals; their sum is the component total. */
    function components() {
      const marks = marksByCriterion();
      return table('criteria.csv').map(({ criterion, entry, factor, official_panel }) => {
        const panel = trimmedMean(marks.get(criterion)!).round(2);
        return { entry, official: read(official_panel), panel, points: panel.mul(read(factor)).round(2) };
      });
    }

    function componentTotals(): Map<string, Fraction> {
      const totals = new Map<string, Fraction>();
      for (const { entry, points } of components()) {
        totals.set(entry, (totals.get(entry) ?? Fraction.zero).add(points));
      }
      return totals;
    }

    it('reproduces every panel mean', () => {
      const all = components();
      const wrong = all.filter(({ official, panel }) => official.compare(panel) !== 0);
      expect(wrong).toEqual([]);
      expect(all).toHaveLength(8630);
    });

    it('reproduces every component total', () => {
      const totals = componentTotals();
      const entries = table('entries.csv');
      const wrong = entries.filter(
        ({ entry, official_pcs }) => totals.get(entry)!.compare(read(official_pcs)) !== 0,
      );
      expect(wrong).toEqual([]);
      expect(entries).toHaveLength(1726);
    });

    it('reproduces every rank, ties decided as the segment has it', () => {
      const totals = componentTotals();
      const segments = new Map<string, { total: Fraction; decider: Fraction; official: number }[]>();
      for (const row of table('entries.csv')) {
        const [elements, parts] = [read(row.official_tes), totals.get(row.entry)!];
        const total = elements.add(parts).sub(read(row.official_deductions));
        const decider = row.tiebreak === 'pcs' ? parts : elements;
        const segment = segments.get(row.segment) ?? [];
        segments.set(row.segment, segment);
        segment.push({ total, decider, official: Number(row.official_rank) });
      }
      let places = 0;
      for (const segment of segments.values()) {
        segment.sort((a, b) => b.total.compare(a.total) || b.decider.compare(a.decider));
        expect(segment.map(({ official }) => official)).toEqual(segment.map((_, index) => index + 1));
        places += segment.length;
      }
      expect(places).toBe(1726);
      expect(segments.size).toBe(152);
    });
  },
);
