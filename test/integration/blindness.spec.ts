import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canary, tellingWork } from './support/canaries.js';
import { type Client, type Answer } from './support/client.js';
import { openEvents } from './support/event-stream.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges, until } from './support/works.js';

// Every route of the API, as every kind of judge, in every phase of a round: nothing that tells who made a work may
// come back, nor what could be looked up elsewhere: its number, its ids, the hash of its file.

interface Judge {
  id: string;
  client: Client;
}

let site: Site;
let works: string[];
let round: Answer['body'];
/** By what they are to the round. */
const people = new Map<string, Judge>();
/** Links that were followed, and what they answered. */
const pictures = new Map<string, number>();
/** What must not be seen, by what it is. */
const secrets = new Map<string, string>();
/** Real ids for the parameters of a path, by the path's first part. */
let known: Record<string, Record<string, string>>;

const openApi = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../docs/openapi.json'), 'utf8'),
) as { paths: Record<string, Record<string, unknown>> };
/** A session that ends would end the test; the stream of events never ends, and has a test of its own. */
const leftOut = new Set(['delete /api/session', 'get /api/contests/{slug}/events']);
const routes = Object.entries(openApi.paths)
  .flatMap(([route, methods]) => Object.keys(methods).map((method) => `${method} ${route}`))
  .filter((route) => !leftOut.has(route));

beforeAll(async () => {
  site = await startSite();
  const entrant = await site.entrant(canary.account, '13877770099');
  const sent = await Promise.all(Array.from({ length: 6 }, (_, index) => tellingWork(index)));
  works = await acceptedWorks(site.organiser, entrant, sent);
  const panel = await judges(site.organiser, 5);
  for (const [index, what] of ['assigned', 'another', 'recused', 'removed', 'not assigned'].entries()) {
    people.set(what, panel[index]);
  }
  people.set('of another contest', await judgeElsewhere());
  const { body } = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '终评',
    judges: panel.slice(0, 4).map(({ id }) => id),
  });
  round = body;
  await learnSecrets(entrant);
});
afterAll(() => site.close());

/** Somebody who judges, but in a contest of its own. */
async function judgeElsewhere(): Promise<Judge> {
  const client = await site.entrant('别处评委', '13911119999');
  const { body } = await client.get('/session');
  await site.dataSource.query(
    `WITH other AS (
       INSERT INTO contests SELECT (jsonb_populate_record(c, '{"slug": "elsewhere"}'::jsonb
         || jsonb_build_object('id', gen_random_uuid()))).* FROM contests c WHERE c.slug = $1 RETURNING id)
     INSERT INTO role_grants (account_id, role, contest_id) SELECT $2, 'judge', id FROM other`,
    [slug, body.account.id],
  );
  return { id: body.account.id, client };
}

async function learnSecrets(entrant: Client): Promise<void> {
  for (const [name, value] of Object.entries(canary)) secrets.set(name, value);
  const { body } = await entrant.get(`/contests/${slug}/submissions?mine=1`);
  const authors = await site.dataSource.query<{ id: string }[]>('SELECT id FROM authors');
  for (const { id } of authors) secrets.set(`author ${id}`, id);
  for (const work of body.items) {
    secrets.set(`number of ${work.title}`, work.number);
    secrets.set(`id of ${work.title}`, work.id);
    secrets.set(`receipt of ${work.title}`, work.receipt.url.split('/').at(-1));
    for (const { id, sha256 } of work.media) {
      secrets.set(`media of ${work.title}`, id);
      secrets.set(`hash of ${work.title}`, sha256);
    }
  }
  const [first] = body.items;
  known = {
    submissions: { id: first.id, mediaId: first.media[0].id },
    rounds: { id: round.id },
    contests: { slug, id: authors[0].id },
    links: { token: 'x'.repeat(43) },
    receipts: { token: 'x'.repeat(22) },
    results: { id: first.id },
  };
}

/** Names of the secrets that are in an answer: its headers, its body as text, and whatever a link of it leads to. */
async function leaks(client: Client, answer: Answer): Promise<string[]> {
  const { headers, body } = answer;
  const text = Buffer.isBuffer(body) ? body.toString('latin1') : JSON.stringify(body);
  const utf8 = Buffer.isBuffer(body) ? body.toString('utf8') : '';
  const all = `${JSON.stringify([...headers])}${text}${utf8}`;
  const found = [...secrets].filter(([, secret]) => all.includes(secret)).map(([name]) => name);
  const links = [...text.matchAll(/"(\/api\/media\/[^"]+)"/g)].map(([, link]) => link);
  for (const link of links.slice(0, 4)) {
    const picture = await until(
      () => site.visitorAs(client).get(link),
      ({ status }) => status !== 202,
    );
    pictures.set(link, picture.status);
    found.push(...(await leaks(client, picture)).map((name) => `${link}: ${name}`));
  }
  return found;
}

/** Calls a route with ids that exist, of the works that this judge may or may not see. */
async function call(who: Judge, route: string, tasks: readonly string[]): Promise<Answer> {
  const [method, template] = route.split(' ');
  const [, , first] = template.split('/');
  const params: Record<string, string> = { ...known[first], ...(first === 'tasks' ? { id: tasks[0] } : {}) };
  const filled = template
    .replace(/^\/api/, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? works[0]);
  const hasBody = ['post', 'put', 'patch'].includes(method);
  return who.client.send(method.toUpperCase(), filled, hasBody ? {} : undefined);
}

async function everything(): Promise<Record<string, string[]>> {
  const told: Record<string, string[]> = {};
  const [{ id: task }] = await site.dataSource.query<{ id: string }[]>(
    `SELECT id FROM tasks WHERE judge_id = $1 UNION ALL SELECT $2 LIMIT 1`,
    [people.get('assigned')!.id, works[0]],
  );
  await Promise.all(
    [...people].map(async ([what, who]) => {
      for (const route of routes) {
        const answer = await call(who, route, [task]);
        const found = await leaks(who.client, answer);
        if (answer.status >= 500) found.push(`answered ${answer.status}`);
        if (found.length > 0) told[`${what}: ${route}`] = found;
      }
    }),
  );
  return told;
}

/** What the event stream of a contest tells a judge while something happens in it. */
async function eventsWhile(happens: () => Promise<unknown>): Promise<string> {
  const streams = await Promise.all(
    [...people.values()].map(({ client }) =>
      openEvents(`${client.url}/contests/${slug}/events`, client.cookie),
    ),
  );
  await happens();
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const stream of streams) stream.close();
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  return JSON.stringify(streams.map(({ events }) => events));
}

describe('no judge learns who made a work', () => {
  it('is asked of every route there is', () => {
    expect(routes.length).toBeGreaterThan(70);
    expect(secrets.size).toBeGreaterThan(40);
  });

  it('before the round opens', async () => {
    expect(await everything()).toEqual({});
  });

  it('while it is open, with a recusal and a judge who was removed', async () => {
    await site.organiser.post(`/rounds/${round.id}/open`);
    const tasks = async (what: string) =>
      (await people.get(what)!.client.get(`/rounds/${round.id}/tasks`)).body.items as Answer['body'][];
    const [first] = await tasks('recused');
    await people.get('recused')!.client.post(`/tasks/${first.id}/recusal`, { reason: '认识作者' });
    await site.organiser.post(`/rounds/${round.id}/changes`, {
      change: { type: 'remove-judge', judge: people.get('removed')!.id, reason: '出国' },
    });
    // Those who judge see works, so that what follows looks at something.
    expect(await tasks('assigned')).toHaveLength(6);
    expect(await tasks('recused')).toHaveLength(5);
    expect(await everything()).toEqual({});
    // Pictures were among it, those of whole size too, which have no more to tell.
    const { full } = (await tasks('assigned'))[0].submission.media[0].links;
    expect(pictures.get(full)).toBe(200);
  });

  it('by what the event stream says meanwhile', async () => {
    const said = await eventsWhile(async () => {
      await site.organiser.post(`/rounds/${round.id}/changes`, {
        change: { type: 'remove-work', submission: works[5], status: 'disqualified', reason: canary.author },
      });
      const entrant = await site.entrant('另一个', '13877770088');
      await acceptedWorks(site.organiser, entrant, [{ ...(await tellingWork(9)), category: 'photo' }]).catch(
        () => null,
      );
    });
    const found = [...secrets].filter(([, secret]) => said.includes(secret)).map(([name]) => name);
    expect(found).toEqual([]);
  });

  it('while it is paused, once it is closed, and once the prizes are decided', async () => {
    await site.organiser.post(`/rounds/${round.id}/pause`);
    expect(await everything()).toEqual({});
    await site.organiser.post(`/rounds/${round.id}/resume`);
    for (const what of ['assigned', 'another', 'recused']) {
      const { client } = people.get(what)!;
      for (const { id } of (await client.get(`/rounds/${round.id}/tasks`)).body.items) {
        await client.put(`/tasks/${id}/sheet`, { marks: { c1: 80, c2: 70, c3: 60 }, submitted: true });
      }
    }
    const closed = await site.organiser.post(`/rounds/${round.id}/close`, { reason: '评委四退出' });
    expect(closed.body.status).toBe('closed');
    expect(await everything()).toEqual({});
  });
});

describe('no judge learns what others gave', () => {
  it('from any answer: another judge’s marks, counts and averages are in none', async () => {
    const { client } = people.get('assigned')!;
    const { body } = await client.get(`/rounds/${round.id}/tasks`);
    const keys = new Set<string>();
    JSON.stringify(body, (key: string, value: unknown) => {
      keys.add(key);
      return value;
    });
    expect([...keys].filter((key) => /judge|average|mean|rank|score|others|count/i.test(key))).toEqual([]);
    const ids = [...people.values()].map(({ id }) => id).filter((id) => id !== people.get('assigned')!.id);
    expect(ids.filter((id) => JSON.stringify(body).includes(id))).toEqual([]);
  });

  it('nor the order in which works were sent: lists of two judges, codes and places have none of it', async () => {
    const lists = await Promise.all(
      ['assigned', 'another'].map(async (what) => {
        const { items } = (await people.get(what)!.client.get(`/rounds/${round.id}/tasks`)).body;
        return items.map(({ submission }: Answer['body']) => submission.title as string);
      }),
    );
    // Titles carry the order of sending, which no list may follow: of 120 orders of five, a rise or fall throughout.
    const codes = await site.dataSource.query<{ title: string; code: string }[]>(
      `SELECT s.title, e.code FROM round_entries e JOIN submissions s ON s.id = e.submission_id ORDER BY s.title`,
    );
    expect(new Set(codes.map(({ code }) => code.length)).size).toBe(1);
    const [a, b] = lists;
    expect([...a].sort()).toEqual([...b].sort());
    expect(a).not.toEqual(b);
  });
});
