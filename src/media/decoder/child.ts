import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { DecodeError } from './errors.js';
import { launch, type LaunchLimits } from './launch.js';
import { cpuTimeMs, residentBytes } from './memory.js';
import { assertNever, parseFromChild, type DecodeJob, type FromChild, type ToChild } from './messages.js';
import { reasonIn } from './reasons.js';

const watchMs = 100;
/** Less CPU time than this is next to nothing: Node's own timers and collections take some. */
const idleCpuMs = 50;

/** How long a job may take. */
export interface JobTime {
  /** By the clock. */
  timeoutMs: number;
  cpu?: CpuTime;
}

/** For a job that gives way to others: what it may use, rather than how long others let it wait. */
export interface CpuTime {
  timeoutMs: number;
  /** A new limit once the file has told its length. */
  afterProbe: (durationMs: number) => number;
  /** A process that does next to nothing for so long hangs. */
  idleMs: number;
}

/** Hears the share of a job that is done, 0 to 1, a few times a second; it only grows. */
export type OnProgress = (share: number) => void;

interface RunningJob {
  resolve: (report: unknown) => void;
  reject: (reason: unknown) => void;
}

/** One decoding process, and at most one job in it at a time. */
export class DecoderChild {
  /** Jobs that this process was given, and its size after the last of them. */
  jobs = 0;
  rssBytes = 0;
  alive = true;
  readonly exited: Promise<void>;

  private readonly process: ChildProcess;
  private running: RunningJob | null = null;
  private begun = false;
  private onProbed: (durationMs: number) => void = () => undefined;
  private onProgress: OnProgress = () => undefined;
  private lastWords = '';

  constructor(
    entry: string,
    private readonly limits: LaunchLimits,
  ) {
    this.process = launch(entry, limits);
    this.process.on('message', (message) => this.hear(message));
    this.exited = new Promise((resolve) => {
      // 'error' comes instead of 'exit' when the process could not be started or written to.
      this.process.once('error', (error) => {
        this.process.kill('SIGKILL');
        this.end(error.message, resolve);
      });
      this.process.once('exit', (code, signal) => this.end(`exit ${signal ?? code}`, resolve));
    });
    this.keepLastWords(this.process.stderr);
  }

  /**
   * The child's unchecked report on one job.
   * @throws {DecodeError} the child's own reason, or that it crashed, took too long or too much memory.
   * @throws the signal's reason when aborted.
   */
  async run(
    job: DecodeJob,
    time: JobTime,
    signal?: AbortSignal,
    onProgress: OnProgress = () => undefined,
  ): Promise<unknown> {
    signal?.throwIfAborted();
    if (!this.alive || this.running) {
      throw new DecodeError('MEDIA.DECODER_CRASHED', 'the decoder is gone or busy');
    }
    this.jobs += 1;
    const abort = () => this.stop(signal?.reason);
    const started = Date.now();
    const stopLate = () =>
      this.stop(new DecodeError('MEDIA.TIMEOUT', `stopped after ${Date.now() - started} ms`));
    const timer = setTimeout(stopLate, time.timeoutMs);
    let share = -1;
    this.onProgress = (grown) => {
      if (grown > share) onProgress((share = grown));
    };
    const stopIfTooSlow = time.cpu && this.cpuWatch(time.cpu);
    const watch = setInterval(() => {
      this.stopIfTooLarge();
      stopIfTooSlow?.();
    }, watchMs);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.running = { resolve, reject };
        this.begun = false;
        this.send({ type: 'job', job });
      });
    } finally {
      this.running = null;
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Kills the process; its job, if any, is rejected with `reason`. */
  stop(reason: unknown): void {
    this.alive = false;
    this.running?.reject(reason);
    this.process.kill('SIGKILL');
  }

  private send(message: ToChild): void {
    this.process.send(message, (error) => {
      if (error) this.stop(new DecodeError('MEDIA.DECODER_CRASHED', error.message));
    });
  }

  private hear(raw: unknown): void {
    const message = parseFromChild(raw);
    if (!message) return this.stop(new DecodeError('MEDIA.DECODER_CRASHED', 'the decoder sent nonsense'));
    if (this.running) this.settle(message, this.running);
  }

  private settle(message: FromChild, running: RunningJob): void {
    switch (message.type) {
      case 'begun':
        this.begun = true;
        return;
      case 'probed':
        return this.onProbed(message.durationMs);
      case 'progress':
        return this.onProgress(message.share);
      case 'done':
        this.rssBytes = message.rssBytes;
        return running.resolve(message.report);
      case 'failed':
        this.rssBytes = message.rssBytes;
        return this.fail(new DecodeError(message.code, message.detail), running);
      default:
        assertNever(message);
    }
  }

  /** A process that ran out of memory once may do so again at its next, harmless, photo. */
  private fail(error: DecodeError, running: RunningJob): void {
    if (error.code === 'MEDIA.TOO_LARGE_FOR_MEMORY') this.stop(error);
    else running.reject(error);
  }

  private stopIfTooLarge(): void {
    const resident = this.process.pid === undefined ? null : residentBytes(this.process.pid);
    if (resident === null || resident <= this.limits.memoryBytes) return;
    this.stop(new DecodeError('MEDIA.TOO_LARGE_FOR_MEMORY', `${Math.round(resident / 1e6)} MB resident`));
  }

  /** Where the system doesn't tell CPU time, the clock takes its place, and a hang is found by the limit. */
  private cpuWatch(cpu: CpuTime): () => void {
    const started = Date.now();
    let limitMs = cpu.timeoutMs;
    let busy = { cpuMs: 0, at: started };
    this.onProbed = (durationMs) => {
      limitMs = cpu.afterProbe(durationMs);
    };
    return () => {
      const now = Date.now();
      const cpuMs = (this.process.pid === undefined ? null : cpuTimeMs(this.process.pid)) ?? now - started;
      if (cpuMs - busy.cpuMs >= idleCpuMs) busy = { cpuMs, at: now };
      if (cpuMs <= limitMs && now - busy.at <= cpu.idleMs) return;
      this.stop(new DecodeError('MEDIA.TIMEOUT', `${cpuMs} ms of CPU time, idle for ${now - busy.at} ms`));
    };
  }

  private end(how: string, exited: () => void): void {
    this.alive = false;
    this.running?.reject(this.begun ? this.crash(how) : this.neverBegan(how));
    exited();
  }

  /** A process that ends by itself mid-job crashed; what it printed last may say that memory ran out. */
  private crash(how: string): DecodeError {
    const reason = reasonIn(this.lastWords, 'MEDIA.DECODER_CRASHED');
    return new DecodeError(reason === 'MEDIA.TOO_LARGE_FOR_MEMORY' ? reason : 'MEDIA.DECODER_CRASHED', how);
  }

  /** A process that didn't come to its job says nothing of the file: the server is being replaced, or short of memory. */
  private neverBegan(how: string): DecodeError {
    return new DecodeError('MEDIA.DECODER_UNAVAILABLE', `${how} before the job began: ${this.lastWords}`);
  }

  private keepLastWords(stderr: Readable | null): void {
    stderr?.setEncoding('latin1');
    stderr?.on('data', (chunk: string) => {
      this.lastWords = (this.lastWords + chunk).slice(-2000);
    });
  }
}
