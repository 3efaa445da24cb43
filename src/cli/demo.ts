import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { loadEnv } from '../config/env.js';
import { Api } from './demo/api.js';
import type { Contest, Session } from './demo/api-types.js';
import { HELP, parseOptions, type DemoOptions } from './demo/options.js';
import { Progress, speaker, speaksChinese, type Say } from './demo/progress.js';
import { DemoServer } from './demo/server.js';
import { walk } from './demo/walk.js';

const password = (): string => randomBytes(12).toString('base64url');

/**
 * Fills the contest through the public API: entrants, drawn photos and videos, judges, scores, prizes.
 * @returns the exit code, which it also leaves in `process.exitCode`
 */
export async function main(args: string[]): Promise<number> {
  process.exitCode = await run(args);
  return process.exitCode;
}

async function run(args: string[]): Promise<number> {
  const say = speaker();
  let server: DemoServer | null = null;
  let codeAtSignal = 130;
  const stopped = (): void => {
    console.error(say('\n正在停止…', 'stopping'));
    void (server?.stop() ?? Promise.resolve()).finally(() => process.exit(codeAtSignal));
  };
  process.once('SIGINT', stopped);
  process.once('SIGTERM', stopped);
  try {
    const options = parseOptions(args);
    if (options === 'help') {
      console.log(HELP);
      return 0;
    }
    const progress = new Progress();
    if (options.url === null) {
      const phase = progress.phase(say('启动服务', 'starting the server'), 0);
      server = new DemoServer(loadEnv(), options.processes);
      await server.start();
      phase.end(server.url);
    }
    const code = await fill(options, server, progress, say);
    if (server && options.keep) {
      progress.say(`\n  ${say('服务运行中', 'serving at')} ${server.url} (Ctrl-C)`);
      codeAtSignal = code;
      await once(process, 'exit');
    }
    return code;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n${server?.lastWords ?? ''}`);
    return 1;
  } finally {
    process.off('SIGINT', stopped);
    process.off('SIGTERM', stopped);
    await server?.stop();
  }
}

async function fill(
  options: DemoOptions,
  server: DemoServer | null,
  progress: Progress,
  say: Say,
): Promise<number> {
  const began = Date.now();
  const url = server?.url ?? options.url ?? '';
  const visitor = (): Api => new Api(url, speaksChinese() ? 'zh-CN' : 'en');
  const contest = await visitor().get<Contest>(`/contests/${options.contest}`);
  const login = server?.organiser?.login ?? options.login;
  const known = server?.organiser?.password ?? options.password;
  if (contest.counts.submissions > 0 || known === null) throw new Error(notEmpty(contest, say));
  const api = visitor();
  const organiser = await takeDesk(api, login, known);
  // Said at once: it must not be lost if something fails later.
  const keys = `  ${say('主办方登录', 'organiser')}  ${login}  ${organiser}`;
  progress.say(keys);
  const folder = path.join(loadEnv().dataDir, 'demo');
  const stage = { options: { ...options, folder }, api, contest, progress, say, visitor, password };
  const { differences, files } = await walk(stage);
  progress.say('');
  for (const file of files) progress.say(`  ${file}`);
  progress.say(`\n${keys}`);
  progress.say(`  ${say('共用时', 'in all')} ${((Date.now() - began) / 1000).toFixed(0)} s`);
  for (const difference of differences) console.error(`  ✗ ${difference}`);
  if (server && !options.keep) progress.say(`  ${say('用 npm start 打开看看', 'npm start shows it')}`);
  return differences.length === 0 ? 0 : 1;
}

/** Signs the organiser in; a one-time password is changed at once. @returns the password that holds now */
async function takeDesk(api: Api, login: string, known: string): Promise<string> {
  const { account } = await api.post<Session>('/session', { login, password: known });
  if (!account?.mustChangePassword) return known;
  const next = password();
  await api.put('/account/password', { current: known, next });
  return next;
}

function notEmpty(contest: Contest, say: Say): string {
  return say(
    `数据目录不是空的：“${contest.title}”已有 ${contest.counts.submissions} 件作品，或主办方已登录过。请换一个空的 DATA_DIR 与 STORAGE_URL，或用 --url 与 --password 指向一个没有作品的比赛。`,
    `The data directory is not empty: the contest has ${contest.counts.submissions} works or its organiser has signed in before. Choose an empty DATA_DIR and STORAGE_URL, or point --url and --password at a contest without works.`,
  );
}
