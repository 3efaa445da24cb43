import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBundle, unzip } from '../../src/exports/bundle/verifier/archive.mjs';
import { type Bundle, verifyBundle } from '../../src/exports/bundle/verifier/verify.mjs';
import { dice, forgery, leaves, otherThan, rehash } from './support/bundle-changes.js';
import { canary, tellingWork } from './support/canaries.js';
import type { Answer } from './support/client.js';
import { oldestNode } from './support/oldest-node.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

let site: Site;
let zip: Buffer;
let head: string;
let folder: string;
let accounts: string[];

const words = {
  recusal: '金丝雀回避',
  override: '金丝雀调整',
  comment: '金丝雀评语',
  closing: '金丝雀结束',
  promotion: '金丝雀取消',
  chair: '金丝雀裁定',
};
const post = async (path: string, body?: unknown): Promise<Answer['body']> => {
  const answer = await site.organiser.post(path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const download = async () =>
  (await site.organiser.get(`/contests/${slug}/exports/bundle.zip`)).body as Buffer;
const read = (bytes = zip): Bundle => readBundle(unzip(bytes));
const failures = (bundle: Bundle, hash: string | null = head) =>
  verifyBundle(bundle, hash).said.filter(({ holds }) => holds === false);

/** A panel with an absence, a recusal, a replacement and a work that was taken out; a tie, an override, a promotion. */
beforeAll(async () => {
  site = await startSite();
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const entrant = await site.entrant(canary.account, canary.phone);
  const forms = await Promise.all(Array.from({ length: 9 }, (_, index) => tellingWork(index)));
  const works = await acceptedWorks(site.organiser, entrant, forms);
  await site.dataSource.query(`UPDATE categories SET entry = 'link' WHERE key = 'douyin'`);
  const links = forms.slice(0, 6).map((form) => ({
    ...{ ...form, category: 'douyin', files: [] },
    douyinText: String(form.douyinText).replace(canary.douyinCode, 'iJinsique2'),
  }));
  await acceptedWorks(site.organiser, entrant, links);
  const panel = await judges(site.organiser, 6);
  const { body: rules } = await site.organiser.get(`/contests/${slug}/award-rules`);
  const tiers = Object.fromEntries(
    rules.categories[0].tiers.map((tier: Answer['body']) => [tier.name, tier.id]),
  );
  await site.organiser.patch(`/contests/${slug}/award-rules`, {
    personLimit: 1,
    categories: [{ key: 'photo', promotion: 'cascade', tiers: [{ id: tiers['优秀作品'], floor: 40.5 }] }],
  });
  const round = await post(`/contests/${slug}/rounds`, {
    ...{ category: 'photo', name: '终评', judges: panel.slice(0, 5).map(({ id }) => id) },
  });
  await post(`/rounds/${round.id}/open`);
  expect((await site.organiser.get(`/contests/${slug}/exports/bundle.zip`)).body.code).toBe(
    'BUNDLE.ROUND_OPEN',
  );
  const titles = new Map<string, string>();
  const save = async (judge: number, skip: (work: number) => boolean) => {
    const { client } = panel[judge];
    const { body } = await client.get(`/rounds/${round.id}/tasks`);
    for (const { id, submission, state } of body.items) {
      const work = Number(submission.title.slice(2));
      titles.set(submission.title, id);
      if (skip(work) || state !== 'open') continue;
      // The last two are equal in everything.
      const mark = (c: number) =>
        95 - Math.min(work, 7) * 4 - judge * 2 + ((Math.min(work, 7) * judge + c) % 4);
      const sheet = { marks: { c1: mark(1), c2: mark(2), c3: mark(3) }, comment: words.comment };
      await client.put(`/tasks/${id}/sheet`, { ...sheet, submitted: false });
      await client.put(`/tasks/${id}/sheet`, { ...sheet, submitted: true });
    }
  };
  await post(`/rounds/${round.id}/changes`, {
    change: {
      type: 'replace-judge',
      judge: panel[4].id,
      by: panel[5].id,
      take: 'open',
      reason: words.closing,
    },
  });
  for (const judge of [0, 1, 2]) await save(judge, () => false);
  const { body: own } = await panel[3].client.get(`/rounds/${round.id}/tasks`);
  const mine = own.items.find(({ submission }: Answer['body']) => submission.title === '作品2');
  await panel[3].client.post(`/tasks/${mine.id}/recusal`, { reason: words.recusal });
  await save(3, () => false);
  await save(5, (work) => work === 4);
  await post(`/rounds/${round.id}/close`, { reason: words.closing });
  expect((await site.organiser.get(`/contests/${slug}/exports/bundle.zip`)).body.code).toBe(
    'BUNDLE.NOTHING_LOCKED',
  );
  await post(`/rounds/${round.id}/tie-decisions`, { order: [works[8], works[7]], reason: words.chair });
  const overrides = [
    { do: 'place', submission: works[5], tier: tiers['一等奖'], reason: words.override },
    { do: 'vacate', tier: tiers['三等奖'], places: 2, reason: words.override },
  ];
  const run = await post(`/contests/${slug}/results`, { category: 'photo', overrides });
  await post(`/results/${run.id}/lock`);
  await decideByTokens(panel.slice(0, 5));
  const second = await post(`/results/${run.id}/promotion`, {
    disqualify: works[0],
    reason: words.promotion,
  });
  await post(`/results/${second.result}/revision`, {
    overrides: [{ do: 'out', submission: works[1], reason: words.override }],
    reason: words.promotion,
  });
  const [row] = await site.dataSource.query<[{ head: string }]>('SELECT head FROM audit_heads');
  head = row.head;
  zip = await download();
  accounts = [canary.account, canary.phone];
});
afterAll(async () => {
  await site?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The other category: passed or not by three of five, then by tokens; its authors have prizes in the first. */
async function decideByTokens(panel: Awaited<ReturnType<typeof judges>>): Promise<void> {
  const judging = async (settings: object, marks: (work: number, judge: number) => object) => {
    const round = await post(`/contests/${slug}/rounds`, {
      ...{ category: 'douyin', judges: panel.map(({ id }) => id), ...settings },
    });
    await post(`/rounds/${round.id}/open`);
    for (const [judge, { client }] of panel.entries()) {
      const { body } = await client.get(`/rounds/${round.id}/tasks`);
      for (const { id, submission } of body.items) {
        const sheet = { marks: marks(Number(submission.title.slice(2)), judge), submitted: true };
        await client.put(`/tasks/${id}/sheet`, sheet);
      }
    }
    await post(`/rounds/${round.id}/close`, { reason: words.closing });
    return round.id as string;
  };
  const passed = await judging({ name: '初评', kind: 'pass', perSubmission: 3 }, (work) => ({
    pass: work === 5 ? 0 : 1,
  }));
  const selection = { by: 'threshold', least: 51 };
  expect((await site.organiser.put(`/rounds/${passed}/selection`, { selection })).status).toBe(200);
  await judging({ name: '投票', kind: 'tokens', tokens: 2, select: { rounds: [passed] } }, (work, judge) => ({
    token: work === judge % 3 || work === 4 ? 1 : 0,
  }));
  const run = await post(`/contests/${slug}/results`, { category: 'douyin' });
  await post(`/results/${run.id}/lock`);
}

describe('bundle.zip', () => {
  it('holds what a stranger needs: all of it checks out', () => {
    const bundle = read();
    const { ok, said } = verifyBundle(bundle, head);
    expect(said.filter(({ holds }) => holds !== true)).toEqual([]);
    expect(ok).toBe(true);
    const photo = ofCategory(bundle, 'photo');
    expect(photo.map(({ version, status }: Bundle) => [version, status])).toEqual([
      [1, 'superseded'],
      [2, 'superseded'],
      [3, 'locked'],
    ]);
    const [douyin] = ofCategory(bundle, 'douyin');
    expect(douyin.content.rules).toMatchObject({
      method: 'tokens',
      ties: ['score', 'chair', 'earlier_submission', 'draw'],
    });
    expect(douyin.content.elsewhere.length).toBeGreaterThan(0);
    expect(photo[0].content).toMatchObject({
      rules: { method: 'trimmed', why: 'five_or_more' },
      adjustment: { model: 'mixed' },
    });
    expect(photo[0].content.chair).toHaveLength(1);
    expect(bundle.tasks.some(({ state }: Bundle) => state === 'recused')).toBe(true);
    expect(bundle.rounds[0].judges).toHaveLength(6);
  });

  it('is the same, byte for byte, each time', async () => {
    expect((await download()).equals(zip)).toBe(true);
  });

  it('tells nothing of people, and nothing that anybody wrote', () => {
    const files = unzip(zip);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['verify.mjs', 'README.txt', 'conflicts.ndjson']),
    );
    const telling = [
      ...Object.values(canary),
      ...Object.values(words),
      ...accounts,
      '1390000000',
      '东湖社区',
      '作品1',
    ];
    // The verifier speaks of works and judges, too, but of none of these.
    for (const [name, bytes] of files) {
      const text = bytes.toString();
      expect([name, telling.filter((word) => text.includes(word))]).toEqual([name, []]);
    }
  });

  it('is only for organisers', async () => {
    expect((await site.visitor().get(`/contests/${slug}/exports/bundle.zip`)).status).toBe(401);
  });
});

describe('verify.mjs', () => {
  const node = oldestNode();
  const own = node.version === process.versions.node ? ', for there is no older one on the PATH' : '';
  it(`runs by itself, as it is handed out to anyone, on Node ${node.version}${own}`, async () => {
    const { status, body } = await site.visitor().get('/verify.mjs');
    expect(status).toBe(200);
    writeFileSync(join(folder, 'verify.mjs'), body);
    writeFileSync(join(folder, 'bundle.zip'), zip);
    const run = (...args: string[]) =>
      promisify(execFile)(node.program, ['verify.mjs', 'bundle.zip', ...args], { cwd: folder, env: {} }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
      );
    const whole = await run('--head', head);
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('相符 · everything holds')]);
    const unheaded = await run();
    expect([unheaded.code, unheaded.stdout]).toEqual([
      0,
      expect.stringContaining('! --head: 未核对公示哈希'),
    ]);
    expect(unheaded.stdout).not.toContain('与公示上的哈希一致');
    const foreign = await run('--head', '0'.repeat(64));
    expect([foreign.code, foreign.stdout]).toEqual([1, expect.stringContaining('不相符')]);
  });

  it('does not take the head of an earlier notice for a later result', () => {
    const bundle = read();
    const first = bundle.audit.find(({ action }: Bundle) => action === 'result.locked');
    const later = failures(bundle, first.hash);
    expect(later.map(({ where }) => where)).toEqual(
      Array.from({ length: 5 }, () => expect.stringMatching(/^audit\.ndjson:\d+$/)),
    );
  });

  it('finds each of 500 changes of a mark, a rule, a prize or anything else that counts, and says where', () => {
    const roll = dice(20261128);
    const bundle = read();
    const parts = [
      'contest',
      'categories',
      'rounds',
      'works',
      'tasks',
      'sheets',
      'audit',
      'results',
      'lines',
    ];
    const slotsOf = new Map(parts.map((part) => [part, leaves(bundle[part])]));
    const missed: string[] = [];
    const found = new Map<string, number>();
    for (let change = 0; change < 500; change++) {
      const part = parts[change % parts.length];
      const slots = slotsOf.get(part)!;
      const { holder, key, path } = slots[roll(slots.length)];
      const before = holder[key];
      holder[key] = otherThan(before, roll);
      const said = failures(bundle, null);
      if (said.length === 0 || said.some(({ where }) => !where)) missed.push(`${part}${path}`);
      found.set(part, (found.get(part) ?? 0) + 1);
      holder[key] = before;
    }
    expect(missed).toEqual([]);
    expect(Math.min(...found.values())).toBeGreaterThanOrEqual(55);
    expect(failures(bundle)).toEqual([]);
  });

  it.each(['sheets', 'tasks', 'works', 'rounds', 'results', 'audit'])(
    'notices a line taken out of %s',
    (part) => {
      const bundle = read();
      bundle[part].splice(bundle[part].length >> 1, 1);
      expect(failures(bundle)).not.toEqual([]);
    },
  );

  it('is not fooled by hashes that were all made anew: prizes and rules must still follow from the marks', () => {
    const roll = dice(5);
    const fooled: string[] = [];
    for (let change = 0; change < 60; change++) {
      const bundle = read();
      const { holder, key, path } = forgery(bundle, change, roll);
      holder[key] = otherThan(holder[key], roll);
      rehash(bundle);
      if (failures(bundle, null).length === 0) fooled.push(path);
      // And nothing made anew has the hash on the notice.
      expect(failures(bundle).map(({ where }) => where)).toContain('--head');
    }
    expect(fooled).toEqual([]);
  });

  it('has hashes in that test that are right: without a change they are those of the bundle', () => {
    const bundle = read();
    rehash(bundle);
    expect(bundle).toEqual(read());
  });
});

function ofCategory(bundle: Bundle, key: string): Bundle[] {
  const { id } = bundle.categories.find((category: Bundle) => category.key === key);
  return bundle.results.filter(({ category }: Bundle) => category === id);
}
