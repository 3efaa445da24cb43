/** Chinese first; where the machine doesn't speak it, English beside it. */
export type Say = (zh: string, en: string) => string;

/** Whether the machine's own language (LANG) is Chinese. */
export function speaksChinese(locale = Intl.DateTimeFormat().resolvedOptions().locale): boolean {
  return locale.startsWith('zh');
}

export function speaker(chinese = speaksChinese()): Say {
  return chinese ? (zh) => zh : (zh, en) => `${zh} · ${en}`;
}

export interface Phase {
  /** One more is done. */
  tick(): void;
  /** So many are done. */
  set(done: number): void;
  /** The phase is over; `note` says what came of it. */
  end(note?: string): void;
}

interface Sink {
  isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 28;

/** `━━━━╌╌╌╌ 12/30 40%` */
export function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const full = Math.round(share * WIDTH);
  return `${'━'.repeat(full)}${'╌'.repeat(WIDTH - full)} ${done}/${total} ${String(Math.round(share * 100)).padStart(3)}%`;
}

/** One line a phase: redrawn in place on a terminal, a line at each quarter elsewhere. */
export class Progress {
  constructor(private readonly out: Sink = process.stdout) {}

  say(line: string): void {
    this.out.write(`${line}\n`);
  }

  phase(label: string, total: number): Phase {
    const began = Date.now();
    const live = this.out.isTTY === true;
    let done = 0;
    let quarter = 0;
    const draw = (): void => {
      if (live) this.out.write(`\r\x1b[K${label}  ${bar(done, total)}`);
      else if (total > 0 && Math.floor((done / total) * 4) > quarter) {
        quarter = Math.floor((done / total) * 4);
        if (quarter < 4) this.out.write(`${label}  ${done}/${total} ${Math.round((done / total) * 100)}%\n`);
      }
    };
    if (live) draw();
    return {
      tick: () => {
        done += 1;
        draw();
      },
      set: (count) => {
        done = count;
        draw();
      },
      end: (note = '') => {
        const seconds = ((Date.now() - began) / 1000).toFixed(1);
        const clear = live ? '\r\x1b[K' : '';
        this.out.write(
          `${clear}${label}  ${total > 0 ? `${done}/${total}  ` : ''}${note}${note && '  '}${seconds} s\n`,
        );
      },
    };
  }
}

/** Runs a task for each item, so many at once; the first failure stops the rest from starting. */
export async function inParallel<T>(
  items: readonly T[],
  lanes: number,
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next;
      next += 1;
      try {
        await task(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
