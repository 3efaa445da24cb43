import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const DATA = join(ROOT, '..', 'shared', 'datasets', 'isu_2016_17_components');
const there = existsSync(join(DATA, 'scores.csv'));
const title = 'npm run rank, against the published results of figure skating';

const rank = (folder: string, scores: string) =>
  promisify(execFile)(
    process.execPath,
    [join(ROOT, 'scripts/run-cli.mjs'), 'rank', '--rules', join(folder, 'rules.json'), '--scores', scores],
    { maxBuffer: 1e8 },
  );

(there ? describe : describe.skip)(
  there ? title : `${title} (skipped: no dataset beside the repository)`,
  () => {
    it('gives every panel mean and every component total, from 77,670 marks', async () => {
      const rows = (file: string) => {
        const [header, ...lines] = readFileSync(join(DATA, file), 'utf8').trim().split(/\r?\n/);
        return lines.map((line) => {
          const cells = line.split(',');
          return Object.fromEntries(header.split(',').map((name, index) => [name, cells[index]]));
        });
      };
      const criteria = rows('criteria.csv');
      const round = { places: 2 };
      const judges = { do: 'judges', method: 'mean', drop: { highest: 1, lowest: 1 }, round };
      const rules = {
        criteria: criteria.map(({ criterion: id, factor }) => ({ id, factor })),
        absent: 0,
        steps: [judges, { do: 'times', by: 'criterion', round }, { do: 'criteria', method: 'sum' }],
      };
      const folder = mkdtempSync(join(tmpdir(), 'dingge-rank-'));
      try {
        const run = async (given: object) => {
          writeFileSync(join(folder, 'rules.json'), JSON.stringify(given));
          const { stdout } = await rank(folder, join(DATA, 'scores.csv'));
          return JSON.parse(stdout) as { entry: string; score: string; components: Record<string, string> }[];
        };
        const totals = new Map((await run(rules)).map(({ entry, score }) => [entry, Number(score)]));
        const entries = rows('entries.csv');
        const wrong = entries.filter(({ entry, official_pcs }) => totals.get(entry) !== Number(official_pcs));
        expect([entries.length, wrong]).toEqual([1726, []]);
        // Without the factors a component is the panel's mean itself.
        const means = await run({ ...rules, steps: [judges, { do: 'criteria', method: 'sum' }] });
        const meanOf = new Map(means.flatMap(({ components }) => Object.entries(components)));
        const other = criteria.filter(
          ({ criterion, official_panel }) => Number(meanOf.get(criterion)) !== Number(official_panel),
        );
        expect([criteria.length, other]).toEqual([8630, []]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

describe('npm run rank', () => {
  it('says what is wrong with rules and scores in a sentence, and no more', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dingge-rank-'));
    const scores = join(folder, 'scores.csv');
    const said = async (rules: object, csv: string) => {
      writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules));
      writeFileSync(scores, csv);
      return rank(folder, scores).then(
        ({ stdout }) => stdout,
        ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr.trim()}`,
      );
    };
    const fine = {
      steps: [
        { do: 'judges', method: 'mean' },
        { do: 'criteria', method: 'sum' },
      ],
    };
    try {
      expect(JSON.parse(await said(fine, 'judge,entry,criterion,score\nJ,甲,c,8\nK,甲,c,\n'))).toMatchObject([
        { entry: '甲', rank: 1, score: '8' },
      ]);
      expect(await said({ steps: [{ do: 'guess' }] }, 'judge,entry,criterion,score\n')).toMatch(
        /^1: .*steps/s,
      );
      expect(await said(fine, 'judge,entry,score\nJ,a,8\n')).toMatch(/no column criterion/);
      expect(await said(fine, 'judge,entry,criterion,score\nJ,a,c,high\n')).toMatch(
        /row 2: “high” is no decimal/,
      );
      expect(await said(fine, 'judge,entry,criterion,score\nJ,a,c,1\nJ,a,c,2\n')).toMatch(
        /row 3: a second mark/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
