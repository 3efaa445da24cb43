import sharp from 'sharp';
import type { Answer, Client } from './client.js';
import { slug } from './site.js';

let drawn = 0;

/** A real JPEG, small unless told otherwise; no two are alike. */
export function photo(width = 640, height = 480): Promise<Buffer> {
  drawn += 1;
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: drawn % 256, g: (drawn * 7) % 256, b: 120 },
    },
  })
    .composite([{ input: Buffer.from([drawn, drawn >> 8, 90]), raw: { width: 1, height: 1, channels: 3 } }])
    .jpeg({ quality: 100 })
    .toBuffer();
}

export interface WorkForm {
  category?: string;
  title?: string;
  community?: string;
  author?: { name: string; phone: string };
  files?: { content: Buffer; name: string }[];
  [field: string]: unknown;
}

/** The multipart form of a work, category first, files last. */
export async function workForm({
  category = 'photo',
  files,
  author,
  ...fields
}: WorkForm = {}): Promise<FormData> {
  const form = new FormData();
  form.append('category', category);
  for (const [name, value] of Object.entries({ title: '晨雾', community: '东湖社区', ...fields })) {
    if (value !== undefined) form.append(name, String(value));
  }
  if (author) form.append('author', JSON.stringify(author));
  for (const { content, name } of files ?? [{ content: await photo(), name: '照片.jpg' }]) {
    form.append('files', new Blob([new Uint8Array(content)]), name);
  }
  return form;
}

export async function send(client: Client, work?: WorkForm): Promise<Answer> {
  return client.post(`/contests/${slug}/submissions`, await workForm(work));
}

/** Asks again until what is asked for is so; fails after the time given. */
export async function until<T>(
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > end) {
      throw new Error(`not so within ${withinMs} ms: ${JSON.stringify(answer).slice(0, 500)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until no file of the work is pending. */
export function settled(client: Client, id: string): Promise<Answer> {
  return until(
    () => client.get(`/submissions/${id}`),
    ({ body }) => body.media.every((file: { status: string }) => file.status !== 'pending'),
  );
}

/** Works sent, processed and accepted. */
export async function acceptedWorks(organiser: Client, client: Client, works: WorkForm[]): Promise<string[]> {
  const ids: string[] = [];
  for (const work of works) ids.push((await send(client, work)).body.id);
  for (const id of ids) await settled(client, id);
  await organiser.post(`/contests/${slug}/screening`, { ids, decision: 'accept' });
  return ids;
}

/** Judges with a password, signed in. */
export async function judges(organiser: Client, count: number, from = 13900000000) {
  const panel: { id: string; client: Client }[] = [];
  for (let index = 0; index < count; index++) {
    const login = String(from + index);
    const password = `password of judge ${index}`;
    const { body } = await organiser.post(`/contests/${slug}/judges`, {
      name: `评委${index}`,
      login,
      password,
    });
    const client = new (organiser.constructor as typeof Client)(organiser.url);
    await client.post('/session', { login, password });
    panel.push({ id: body.id, client });
  }
  return panel;
}
