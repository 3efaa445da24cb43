import type { Client } from './client.js';
import { slug, type Site } from './site.js';
import { acceptedWorks, judges, type WorkForm } from './works.js';

/** A contest whose photos are judged: the first work best, the next one less, and so on; nothing is locked yet. */
export interface Judged {
  entrant: Client;
  works: string[];
  roundId: string;
  panel: { id: string; client: Client }[];
  /** Tries the result and locks it; answers with its id. */
  lock(): Promise<string>;
}

export async function judgedPhotos(site: Site, forms: WorkForm[], panelSize = 3): Promise<Judged> {
  const entrant = await site.entrant('社工', '13800000001');
  const works = await acceptedWorks(site.organiser, entrant, forms);
  const panel = await judges(site.organiser, panelSize);
  const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '终评',
    kind: 'score',
    judges: panel.map(({ id }) => id),
    method: 'auto',
  });
  await site.organiser.post(`/rounds/${round.id}/open`);
  const valueOf = new Map(forms.map(({ title }, index) => [title, 95 - index]));
  for (const { client } of panel) {
    const { body } = await client.get(`/rounds/${round.id}/tasks`);
    for (const { id, submission } of body.items) {
      const value = valueOf.get(submission.title)!;
      await client.put(`/tasks/${id}/sheet`, { marks: { c1: value, c2: value, c3: value }, submitted: true });
    }
  }
  await site.organiser.post(`/rounds/${round.id}/close`, {});
  return {
    entrant,
    works,
    roundId: round.id,
    panel,
    async lock() {
      const { body } = await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' });
      const answer = await site.organiser.post(`/results/${body.id}/lock`);
      if (answer.status !== 200) throw new Error(`not locked: ${answer.status} ${answer.body.code}`);
      return body.id;
    },
  };
}

/** The words of a PDF, page by page, as a reader of its own finds them; blanks left out, which setting moves. */
export async function wordsOf(pdf: Buffer): Promise<string[]> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: false }).finally(() =>
    document.loadingTask.destroy(),
  );
  return text.map((page) => page.replace(/[\s\u200b]+/gu, ''));
}
