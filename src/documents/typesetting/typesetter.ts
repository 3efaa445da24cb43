import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { commonProblem } from '../../common/problem.js';
import type { FromTypesetter, Sheet, ToTypesetter, Typeset } from './messages.js';

/** The first page waits for fonts to be read. A poster takes a tenth of a second, a long notice a whole one. */
const longestMs = 20_000;
/** Fonts and layouts take a hundred megabytes: given back when nobody has asked for so long. */
const idleMs = 60_000;
const mostWaiting = 16;

/**
 * Sets documents with Typst, one after another, in a process of its own that begins with the first and ends when
 * it has nothing to do. Native code that crashes, hangs or grows there takes nothing else with it.
 */
@Injectable()
export class Typesetter implements OnApplicationShutdown {
  private readonly logger = new Logger('documents');
  private child: ChildProcess | null = null;
  private idle: NodeJS.Timeout | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** @throws 503 where too many documents wait already, or this one can't be made */
  async set(sheet: Sheet): Promise<Typeset> {
    const answer = await this.inTurn(sheet);
    if (!('done' in answer)) throw busy();
    const { missing } = answer.done;
    if (missing.length > 0) this.logger.warn(`the fonts lack ${missing.slice(0, 20).join(' ')}`);
    return answer.done;
  }

  /** Of each text the letters that the fonts lack: to be told before anything is printed with a mark in their place. */
  async lacking(texts: string[]): Promise<string[][]> {
    const answer = await this.inTurn({ texts });
    if (!('missing' in answer)) throw busy();
    return answer.missing;
  }

  private async inTurn(question: ToTypesetter): Promise<FromTypesetter> {
    if (this.waiting >= mostWaiting) throw busy();
    this.waiting += 1;
    const turn = this.queue.then(() => this.ask(question));
    this.queue = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
    }
  }

  onApplicationShutdown(): void {
    this.end();
  }

  private async ask(question: ToTypesetter): Promise<FromTypesetter> {
    clearTimeout(this.idle);
    const child = (this.child ??= this.start());
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), longestMs);
    const gone = once(child, 'exit', { signal: over.signal }).then(() => null);
    const answered = once(child, 'message', { signal: over.signal });
    try {
      child.send(question);
      const news = (await Promise.race([answered, gone])) as [FromTypesetter] | null;
      const [answer] = news ?? [{ failed: 'its process ended' }];
      if ('failed' in answer) throw new Error(answer.failed);
      return answer;
    } catch (error) {
      this.logger.error(`a document was not set: ${(error as Error).message}`);
      this.end();
      throw busy();
    } finally {
      clearTimeout(timer);
      over.abort();
      await Promise.allSettled([gone, answered]);
      this.idle = setTimeout(() => this.end(), idleMs).unref();
    }
  }

  private start(): ChildProcess {
    const own = fileURLToPath(import.meta.url).replaceAll('\\', '/');
    // A parent that itself runs from TypeScript (jest) finds it in dist, because Node cannot run the source.
    const entry = own.endsWith('.ts')
      ? own.replace(
          '/src/documents/typesetting/typesetter.ts',
          '/dist/documents/typesetting/typesetter-child.js',
        )
      : own.replace(/\.js$/, '-child.js');
    const child = fork(entry, {
      // Nothing of this process's environment, where secrets lie; and numbers of bytes as they are.
      env: {},
      execArgv: ['--max-old-space-size=256'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', () => {
      if (this.child === child) this.child = null;
    });
    // It must not keep a process alive that is done.
    child.unref();
    child.channel?.unref();
    return child;
  }

  private end(): void {
    clearTimeout(this.idle);
    this.child?.kill('SIGKILL');
    this.child = null;
  }
}

function busy() {
  return commonProblem('SERVER.BUSY', {}, { headers: { 'Retry-After': '5' } });
}
