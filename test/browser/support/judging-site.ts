import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import pg from 'pg';
import sharp from 'sharp';
import { openPremises } from '../../bench/lib/premises.ts';
import { Client } from '../../integration/support/client.ts';
import { takeDatabase, type SuiteDatabase } from '../../integration/support/databases.ts';
import { startBrowserSite, type BrowserSite } from './site.ts';

const slug = 'tianyuan-2019';

export interface Judge {
  id: string;
  login: string;
  password: string;
}

/** A file of a work, as it is sent. */
export interface SentFile {
  content: Buffer;
  name: string;
}

/** The real server with a database of its own that may be filled by SQL, and an organiser signed in. */
export interface JudgingSite {
  url: string;
  databaseUrl: string;
  /** Of the server's process. */
  pid: number;
  db: pg.Client;
  organiser: Client;
  /** Works sent through the door, processed and accepted; each is one list of files. */
  works(category: string, works: SentFile[][]): Promise<void>;
  /** Copies of the accepted works by SQL until there are so many: rows of their own, renditions shared. */
  copies(category: string, count: number): Promise<void>;
  judge(): Promise<Judge>;
  /** A round with these judges, opened; gives its id. */
  round(category: string, judges: Judge[], settings?: object): Promise<string>;
  client(judge: Judge): Promise<Client>;
  /** A browser of this judge, signed in. */
  browse(browser: Browser, judge: Judge, options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

export async function openJudgingSite(): Promise<JudgingSite> {
  const database = await ownDatabase();
  try {
    const site = await startBrowserSite({ DATABASE_URL: database.url });
    return await furnish(database, site);
  } catch (error) {
    await database.drop();
    throw error;
  }
}

/** Benchmarks run without the suites' PostgreSQL. */
async function ownDatabase(): Promise<SuiteDatabase> {
  if (process.env['TEST_DATABASE_URL']) return takeDatabase();
  const premises = await openPremises();
  return { url: premises.databaseUrl, drop: () => premises.close() };
}

async function furnish(database: SuiteDatabase, site: BrowserSite): Promise<JudgingSite> {
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  const organiser = new Client(`${site.url}/api`);
  await organiser.post('/session', { login: 'admin@dingge.local', password: site.oneTimePassword });
  await organiser.put('/account/password', { current: site.oneTimePassword, next: 'the organisers own' });
  const entrant = new Client(`${site.url}/api`);
  await entrant.post('/accounts', { name: '张晓明', phone: '13800000001', password: 'password of zhang' });
  let sent = 0;
  let judges = 0;

  async function client({ login, password }: Judge): Promise<Client> {
    const own = new Client(`${site.url}/api`);
    await own.post('/session', { login, password });
    return own;
  }

  return {
    url: site.url,
    databaseUrl: database.url,
    pid: site.process.pid,
    db,
    organiser,
    client,
    async works(category, works) {
      const ids: string[] = [];
      for (const files of works) {
        const form = new FormData();
        const author = { name: `作者${++sent}`, phone: String(13_700_000_000 + sent) };
        const fields = {
          category,
          title: `作品 ${sent}`,
          story: '住了三十年的地方。',
          community: '莲花社区',
        };
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        form.append('author', JSON.stringify(author));
        for (const { content, name } of files) {
          form.append('files', new Blob([new Uint8Array(content)]), name);
        }
        const { status, body } = await entrant.post(`/contests/${slug}/submissions`, form);
        expect([status, body.code]).toEqual([201, undefined]);
        ids.push(body.id);
      }
      const pending = `SELECT count(*)::int AS n FROM media WHERE submission_id = ANY($1) AND status <> 'ready'`;
      await expect.poll(async () => (await db.query(pending, [ids])).rows[0].n, { timeout: 120_000 }).toBe(0);
      const { body } = await organiser.post(`/contests/${slug}/screening`, { ids, decision: 'accept' });
      expect(body.done).toBe(ids.length);
    },
    async copies(category, count) {
      await db.query(copySql, [category, count]);
    },
    async judge() {
      const login = String(13_900_000_000 + ++judges);
      const password = `password of judge ${judges}`;
      const { body } = await organiser.post(`/contests/${slug}/judges`, {
        name: `评委${judges}`,
        login,
        password,
      });
      return { id: body.id, login, password };
    },
    async round(category, panel, settings = {}) {
      const created = await organiser.post(`/contests/${slug}/rounds`, {
        category,
        name: '初评',
        judges: panel.map(({ id }) => id),
        ...settings,
      });
      expect(created.status).toBe(201);
      const opened = await organiser.post(`/rounds/${created.body.id}/open`);
      expect([opened.status, opened.body.code]).toEqual([200, undefined]);
      return created.body.id;
    },
    async browse(browser, { login, password }, options = {}) {
      const context = await browser.newContext({ baseURL: site.url, ...options });
      const page = await context.newPage();
      const answer = await page.request.post('/api/session', { data: { login, password } });
      expect(answer.status()).toBe(200);
      return page;
    },
    async stop() {
      await db.end();
      await site.stop();
      await database.drop();
    },
  };
}

/** Hashes are made up: two files of one author may not be the same, and nobody reads these originals. */
const copySql = `
  WITH base AS (
    SELECT s.id, row_number() OVER (ORDER BY s.id) - 1 AS place, count(*) OVER () AS all
      FROM submissions s JOIN categories k ON k.id = s.category_id WHERE k.key = $1 AND s.status = 'accepted'
  ), copies AS (
    SELECT gen_random_uuid() AS id, b.id AS original, n
      FROM generate_series((SELECT count(*) FROM base) + 1, $2::int) AS n JOIN base b ON b.place = n % b.all
  ), works AS (
    INSERT INTO submissions
    SELECT (jsonb_populate_record(s, jsonb_build_object(
             'id', c.id, 'number', 'Z' || lpad(c.n::text, 5, '0'), 'title', '作品 ' || c.n))).*
      FROM copies c JOIN submissions s ON s.id = c.original
  )
  INSERT INTO media
  SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'submission_id', c.id,
           'sha256', md5(random()::text) || md5(random()::text)))).*
    FROM copies c JOIN media m ON m.submission_id = c.original AND m.live`;

/** A picture with its number on it, in colours of its own; no two are alike. */
export async function numbered(n: number, width = 1200, height = 800): Promise<Buffer> {
  const hue = (n * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 45% 62%)"/>
    <stop offset="1" stop-color="hsl(${(hue + 70) % 360} 50% 28%)"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/>
    <circle cx="${(width * (1 + (n % 7))) / 9}" cy="${height * 0.4}" r="${height * (0.1 + (n % 5) * 0.04)}" fill="hsl(${(hue + 180) % 360} 60% 70%)"/>
    <rect x="${width * 0.1 * (n % 8)}" y="${height * 0.7}" width="${width * 0.3}" height="${height * 0.2}" fill="hsl(${(hue + 120) % 360} 30% 40%)"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

/** So many works of one picture each. */
export async function pictures(count: number, width?: number, height?: number): Promise<SentFile[][]> {
  return Promise.all(
    Array.from({ length: count }, async (_, n) => [
      { content: await numbered(n, width, height), name: `${n}.jpg` },
    ]),
  );
}
