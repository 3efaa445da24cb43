import { parseArgs } from 'node:util';
import type { Processes } from './server.js';

export interface DemoOptions {
  /** A running server; absent: one is started for the demo. */
  url: string | null;
  password: string | null;
  login: string;
  contest: string;
  processes: Processes | null;
  photos: number;
  videos: number;
  seed: string;
  /** Leave the started server running until Ctrl-C. */
  keep: boolean;
}

export const HELP = `npm run demo -- [选项 options]
  --url URL          用已在运行的服务（默认自己启动一个） · use a running server instead of starting one
  --password TEXT    主办方密码 · the organiser's password
  --login TEXT       主办方账号 · the organiser's login            (admin@dingge.local)
  --contest SLUG     比赛 · the contest                            (tianyuan-2019)
  --processes A+W    启动 A 个 api 与 W 个 worker 进程 · start A api and W worker processes
  --photos N         摄影作品数 · photo works                      (64)
  --videos N         视频作品数 · video works                      (60)
  --seed TEXT        换一个种子，换一批作品 · another seed, other works
  --keep             完成后服务保持运行，Ctrl-C 结束 · leave the server running until Ctrl-C`;

/** @throws an Error whose message says which option is wrong */
export function parseOptions(args: string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      password: { type: 'string' },
      login: { type: 'string', default: 'admin@dingge.local' },
      contest: { type: 'string', default: 'tianyuan-2019' },
      processes: { type: 'string' },
      photos: { type: 'string', default: '64' },
      videos: { type: 'string', default: '60' },
      seed: { type: 'string', default: 'dingge' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.url !== undefined && values.password === undefined) {
    throw new Error('--url 需要 --password（主办方密码） · --url needs --password');
  }
  return {
    url: values.url?.replace(/\/+$/, '') ?? null,
    password: values.password ?? null,
    login: values.login,
    contest: values.contest,
    processes: values.processes === undefined ? null : processes(values.processes),
    photos: count('photos', values.photos),
    videos: count('videos', values.videos),
    seed: values.seed,
    keep: values.keep,
  };
}

function count(name: string, text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 250) {
    throw new Error(`--${name} 要 1 到 250 的整数 · --${name} must be a whole number from 1 to 250`);
  }
  return Number(text);
}

function processes(text: string): Processes {
  const match = /^([1-9])\+([1-9])$/.exec(text);
  if (!match) throw new Error('--processes 形如 1+2 · --processes must look like 1+2 (api+worker)');
  return { api: Number(match[1]), workers: Number(match[2]) };
}
