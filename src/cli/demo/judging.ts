import type { Api } from './api.js';
import type { Category, Contest, Result, Round, TaskList } from './api-types.js';
import { JUDGES } from './names.js';
import { createPanel, judgeMarks, latentQuality } from './panel.js';
import { createRng } from './prng.js';
import { inParallel, type Progress, type Say } from './progress.js';

export interface Judge {
  id: string;
  name: string;
  login: string;
  password: string;
}

interface Desk {
  api: Api;
  contest: Contest;
  seed: string;
  progress: Progress;
  say: Say;
  /** Another person at the same server. */
  visitor: () => Api;
}

/** Gives the panel its accounts. */
export async function appointJudges(desk: Desk, password: () => string): Promise<Judge[]> {
  const phase = desk.progress.phase(desk.say('聘请评委', 'judges'), JUDGES.length);
  const judges: Judge[] = [];
  for (const [i, name] of JUDGES.entries()) {
    const judge = { name, login: `pingwei${i + 1}@dingge.local`, password: password() };
    const { id } = await desk.api.post<{ id: string }>(`/contests/${desk.contest.slug}/judges`, judge);
    judges.push({ ...judge, id });
    phase.tick();
  }
  phase.end();
  return judges;
}

/** One score round for a category: opened, scored by everyone, closed. */
export async function judgeCategory(desk: Desk, category: Category, judges: Judge[]): Promise<void> {
  const round = await desk.api.post<Round>(`/contests/${desk.contest.slug}/rounds`, {
    category: category.key,
    name: `${category.name}评分`,
    kind: 'score',
    judges: judges.map(({ id }) => id),
    perSubmission: null,
    method: 'auto',
  });
  const { total } = await desk.api.post<Round>(`/rounds/${round.id}/open`);
  const phase = desk.progress.phase(desk.say(`${category.name} 评分`, 'scoring'), total);
  const panel = createPanel(createRng(`${desk.seed}/${category.key}/panel`), judges.length);
  await Promise.all(
    judges.map(async (judge, i) => {
      const api = desk.visitor();
      await api.post('/session', { login: judge.login, password: judge.password });
      const { round: rules, items } = await api.get<TaskList>(`/rounds/${round.id}/tasks`);
      await inParallel(items, 2, async ({ id, submission }) => {
        const work = `${submission.title}/${submission.story}`;
        const quality = latentQuality(desk.seed, work);
        const marks = judgeMarks(
          createRng(`${desk.seed}/${judge.name}/${id}`),
          panel[i],
          quality,
          rules.criteria,
        );
        await api.put(`/tasks/${id}/sheet`, { marks, submitted: true });
        phase.tick();
      });
    }),
  );
  await desk.api.post(`/rounds/${round.id}/close`, {});
  phase.end();
}

/** Ranks and allots, dry; a second look by the organiser follows, then {@link lockResult}. */
export function drawResult(desk: Desk, category: Category): Promise<Result> {
  return desk.api.post(`/contests/${desk.contest.slug}/results`, { category: category.key });
}

export function lockResult(desk: Desk, result: Result): Promise<Result> {
  return desk.api.post(`/results/${result.id}/lock`);
}
