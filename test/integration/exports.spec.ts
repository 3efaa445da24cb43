import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { read as readWorkbook, utils } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { originalKey } from '../../src/storage/store.js';
import { judgedPhotos, wordsOf, type Judged } from './support/locked.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo } from './support/works.js';

let site: Site;
let judged: Judged;
const exported = (name: string, by = site.organiser) => by.get(`/contests/${slug}/exports/${name}`);

beforeAll(async () => {
  site = await startSite();
  const series = await Promise.all(
    [1, 2, 3].map(async (n) => ({ content: await photo(), name: `${n}.jpg` })),
  );
  judged = await judgedPhotos(site, [
    { title: '晨雾', author: { name: '王晓明', phone: '13711110001' } },
    { title: '老城/早晨:*?', author: { name: '../李娜', phone: '13711110002' }, files: series },
    { title: '=1+1', author: { name: 'Zoë 𠮷', phone: '13711110003' } },
  ]);
  await judged.lock();
});
afterAll(() => site.close());

const rowsOf = (file: Buffer, sheet = 0) => {
  const book = readWorkbook(file);
  return utils.sheet_to_json<(string | number)[]>(book.Sheets[book.SheetNames[sheet]], {
    header: 1,
    defval: '',
  });
};

describe('lists', () => {
  it('open in another program as they were written, headings in either language', async () => {
    const zh = rowsOf((await exported('winners.xlsx')).body);
    expect(zh[0].slice(0, 7)).toEqual(['序号', '图片', '类别', '奖项', '编号', '作品标题', '作者']);
    expect(zh.slice(1).map((row) => row[5])).toEqual(['晨雾', '老城/早晨:*?', '=1+1']);
    const en = rowsOf((await exported('winners.xlsx?language=en')).body);
    expect(en[0].slice(0, 7)).toEqual(['No.', 'Picture', 'Category', 'Prize', 'Number', 'Title', 'Author']);
    expect(en[1].slice(2)).toEqual(zh[1].slice(2));
    const csv = (await exported('winners.csv?language=en')).body.toString();
    expect(csv.split('\r\n')[0]).toContain('Amount (CNY)');
    const scores = rowsOf((await exported('scores.xlsx?language=en')).body);
    expect([scores[0][0], scores[1][3], scores.length]).toEqual(['Number', 'Judge 1', 1 + 3 * 3]);
    expect((await exported('winners.xlsx?language=fr')).status).toBe(422);
  });

  it('are filed as PDF with what they can be checked against', async () => {
    const text = (await wordsOf((await exported('winners.pdf')).body)).join('');
    const [{ hash }] = await site.dataSource.query(`SELECT hash FROM results WHERE status = 'locked'`);
    for (const said of ['定格·幸福社区获奖名单', '晨雾', '=1+1', '137****0001', '奖金合计4,000元', hash]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('13711110001');
    expect((await wordsOf((await exported('winners.pdf?language=en')).body))[0]).toContain('Winnersof');
  });

  // Half a gigabyte that a bare machine does without; .ci/run installs it.
  const office = spawnSync('soffice', ['--version']).status === 0;
  (office ? it : it.skip)('open in LibreOffice (skipped where soffice is not on the PATH)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dingge-office-'));
    writeFileSync(join(folder, 'winners.xlsx'), (await exported('winners.xlsx')).body);
    // Commas, double quotes, UTF-8: by itself it writes the letters of the system's locale only.
    const csv = 'csv:Text - txt - csv (StarCalc):44,34,76';
    const options = ['--headless', '--convert-to', csv, '--outdir', folder, join(folder, 'winners.xlsx')];
    expect(spawnSync('soffice', options, { env: { ...process.env, HOME: folder } }).status).toBe(0);
    const text = readFileSync(join(folder, 'winners.csv'), 'utf8');
    rmSync(folder, { recursive: true });
    for (const said of ['奖项', '特等奖', '晨雾', '=1+1', 'Zoë 𠮷']) expect(text).toContain(said);
  });
});

describe('sheets to sign', () => {
  it('say for each judge of a closed round what he gave which work', async () => {
    const { status, body } = await exported('signature-sheets.pdf');
    expect(status).toBe(200);
    const pages = await wordsOf(body);
    expect(pages).toHaveLength(3);
    const codes = await site.dataSource.query('SELECT code FROM round_entries');
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`评委${index}（评委${index + 1}）`);
      expect(page).toContain('共3件，已评3件');
      expect(page).toContain('95.00');
      expect(page).toContain('评委签名：');
      for (const { code } of codes) expect(page).toContain(code);
    }
    const one = await wordsOf((await exported('signature-sheets.pdf?judge=2&language=en')).body);
    expect(one).toHaveLength(1);
    expect(one[0]).toContain('(judge2)');
  });

  it('are those of the round that was asked for, and none of one that is open', async () => {
    expect((await exported(`signature-sheets.pdf?round=${judged.roundId}`)).status).toBe(200);
    const other = await exported('signature-sheets.pdf?round=00000000-0000-4000-8000-000000000000');
    expect(other.body.code).toBe('EXPORT.NO_ROUND');
    await site.dataSource.query(`UPDATE rounds SET status = 'paused'`);
    expect((await exported('signature-sheets.pdf')).body.code).toBe('EXPORT.NO_ROUND');
    await site.dataSource.query(`UPDATE rounds SET status = 'closed'`);
  });
});

describe('the originals', () => {
  it('lie by category and prize, under names that any disk takes, and are what was sent', async () => {
    const { headers, body } = await exported('originals.zip');
    expect(Number(headers.get('content-length'))).toBe(body.length);
    const files = unzipSync(new Uint8Array(body));
    const folder = '摄影作品';
    expect(Object.keys(files)).toEqual([
      'SHA256SUMS.txt',
      `${folder}/特等奖/A0001_王晓明_晨雾.jpg`,
      ...[1, 2, 3].map((n) => `${folder}/一等奖/A0002_.._李娜_老城_早晨____${n}.jpg`),
      `${folder}/一等奖/A0003_Zoë 𠮷_=1+1.jpg`,
    ]);
    const sums = strFromU8(files['SHA256SUMS.txt']).trimEnd().split('\n');
    for (const line of sums) {
      const [sum, path] = line.split('  ');
      expect(createHash('sha256').update(files[path]).digest('hex')).toBe(sum);
    }
    expect(sums).toHaveLength(5);
  });

  it('come without one that is lost, which is named', async () => {
    const [{ sha256 }] = await site.dataSource.query('SELECT sha256 FROM media WHERE submission_id = $1', [
      judged.works[0],
    ]);
    site.stored.remove(originalKey(sha256));
    const { headers, body } = await exported('originals.zip');
    expect(Number(headers.get('content-length'))).toBe(body.length);
    const files = unzipSync(new Uint8Array(body));
    expect(strFromU8(files['缺失-MISSING.txt'])).toContain('A0001_王晓明_晨雾.jpg');
    expect(Object.keys(files)).toHaveLength(6);
  });

  it('are for organisers only', async () => {
    for (const name of ['originals.zip', 'signature-sheets.pdf', 'winners.pdf', 'certificates.zip']) {
      expect((await exported(name, judged.entrant)).status).toBe(403);
      expect((await exported(name, judged.panel[0].client)).status).toBe(403);
      expect((await exported(name, site.visitor())).status).toBe(401);
    }
  });
});
