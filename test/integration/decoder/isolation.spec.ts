import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { childEntry } from '../../../src/media/decoder/launch.js';
import type { DecoderLimits } from '../../../src/media/decoder/limits.js';
import { memoryHungryPng, noisyJpeg, plainJpeg } from '../../fixtures/bad-media.js';
import { heifFile } from '../../fixtures/heif-file.js';
import { hevcStill } from './support/still.js';
import { busy, decoderPids, firstDecoderPid, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

const linux = process.platform === 'linux' ? describe : describe.skip;
const MiB = 1024 * 1024;

/** Files for one kind of process: an ordinary one of 640 pixels, one that takes a while, one that takes memory. */
interface Kind {
  mime: string;
  plain: () => Promise<Buffer>;
  slow: () => Promise<Buffer>;
  hungry: () => Promise<{ file: Buffer; mime: string }>;
}

const jpegs: Kind = {
  mime: 'image/jpeg',
  plain: () => plainJpeg(),
  slow: () => noisyJpeg(),
  hungry: () => Promise.resolve({ file: memoryHungryPng(), mime: 'image/png' }),
};

/** One tile for all, encoded once: encoding costs more than decoding. */
let tile: ReturnType<typeof hevcStill> | undefined;
async function heicOf(rows: number, columns: number, width: number, height: number): Promise<Buffer> {
  tile ??= hevcStill({ width: 512, height: 512, at: (x, y) => [x & 255, y & 255, 90], chroma: '4:2:0' });
  return heifFile({ still: await tile, grid: { rows, columns, width, height } });
}

const heics: Kind = {
  mime: 'image/heic',
  plain: () => heicOf(1, 2, 640, 480),
  slow: () => heicOf(4, 4, 2000, 2000),
  hungry: async () => ({ file: await heicOf(12, 16, 8064, 6048), mime: 'image/heic' }),
};

/** Processes are looked up in /proc, which only Linux has. */
linux.each([
  ['photos', jpegs],
  ['HEIC photos', heics],
])('a process that decodes %s', (_name, { mime, plain, slow, hungry }) => {
  let workshop: Workshop;
  const openWorkshop = async (limits?: Partial<DecoderLimits>, slots = 1) => {
    workshop = await Workshop.open({ limits, slots });
  };
  afterEach(() => workshop.close());

  it('has nothing of the environment', async () => {
    process.env['DINGGE_TEST_SECRET'] = 'canary';
    await openWorkshop();
    await workshop.photo(await plain(), mime);
    delete process.env['DINGGE_TEST_SECRET'];
    const names = readFileSync(`/proc/${await firstDecoderPid()}/environ`, 'latin1')
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.split('=')[0]);
    // The last two are Node's own: the number and the format of the channel to the parent.
    const allowed = [
      'MALLOC_ARENA_MAX',
      'MALLOC_TRIM_THRESHOLD_',
      'MALLOC_MMAP_THRESHOLD_',
      'UV_THREADPOOL_SIZE',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
    ];
    expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('that is killed fails its own job alone', async () => {
    await openWorkshop({}, 2);
    const photo = await plain();
    await workshop.photo(photo, mime);
    const pid = await firstDecoderPid();
    const file = await slow();
    const working = busy(pid);
    const doomed = workshop.photo(file, mime);
    const outcome = expect(doomed).rejects.toMatchObject({ code: 'MEDIA.DECODER_CRASHED', retryable: true });
    await working;
    process.kill(pid, 'SIGKILL');
    const others = Promise.all([
      workshop.photo(photo, mime),
      workshop.photo(photo, mime),
      workshop.photo(photo, mime),
    ]);
    await outcome;
    expect((await others).map(({ width }) => width)).toEqual([640, 640, 640]);
    expect((await workshop.outputs()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('that hangs is killed by its timeout, and the next job gets a new one', async () => {
    await openWorkshop({ photoTimeoutMs: 3000 });
    const photo = await plain();
    await workshop.photo(photo, mime);
    const pid = await firstDecoderPid();
    process.kill(pid, 'SIGSTOP');
    await expect(workshop.photo(photo, mime)).rejects.toMatchObject({
      code: 'MEDIA.TIMEOUT',
      retryable: true,
    });
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    await workshop.photo(photo, mime);
  });

  it('may not take more memory than it is given', async () => {
    await openWorkshop({ photoMemoryBytes: 384 * MiB });
    const { file, mime: hungryMime } = await hungry();
    await expect(workshop.photo(file, hungryMime)).rejects.toMatchObject({
      code: 'MEDIA.TOO_LARGE_FOR_MEMORY',
      retryable: false,
    });
    await workshop.photo(await plain(), mime);
  });

  it('is replaced after so many photos, and when it has grown', async () => {
    await openWorkshop({ photosPerChild: 2, heicsPerChild: 2 });
    const photo = await plain();
    await workshop.photo(photo, mime);
    const first = await firstDecoderPid();
    await workshop.photo(photo, mime);
    expect(decoderPids()).toEqual([]);
    await workshop.photo(photo, mime);
    expect(decoderPids()).not.toContain(first);
    await workshop.close();

    await openWorkshop({ idleMemoryBytes: 1 });
    await workshop.photo(photo, mime);
    expect(decoderPids()).toEqual([]);
  });

  it('ends with its job when that is aborted', async () => {
    await openWorkshop();
    const abort = new AbortController();
    const job = workshop.photo(await slow(), mime, abort.signal);
    const outcome = expect(job).rejects.toThrow('no longer wanted');
    await firstDecoderPid();
    abort.abort(new Error('no longer wanted'));
    await outcome;
    expect(decoderPids()).toEqual([]);
  });

  it('is closed with the decoder, and so are jobs that wait', async () => {
    await openWorkshop();
    const photo = await slow();
    const jobs = [workshop.photo(photo, mime), workshop.photo(photo, mime)].map((job) =>
      expect(job).rejects.toMatchObject({ code: 'MEDIA.DECODER_CLOSED', retryable: true }),
    );
    await firstDecoderPid();
    await workshop.decoder.close();
    await Promise.all(jobs);
    expect(decoderPids()).toEqual([]);
  });

  it('dies with its parent, however that dies', async () => {
    await openWorkshop();
    const input = join(workshop.folder, 'input-0');
    await writeFile(input, await plain());
    const decoder = childEntry('photo-child').replace('photo-child', 'decoder');
    const script = `
      import { readFileSync } from 'node:fs';
      const { Decoder } = await import(${JSON.stringify(decoder)});
      const [input, outDir, mime] = process.argv.slice(1);
      await new Decoder({ slots: 1 }).photo({ input, mime, outDir, stem: 'orphan' });
      console.log(readFileSync('/proc/' + process.pid + '/task/' + process.pid + '/children', 'latin1').trim());
      await new Promise(() => undefined);`;
    const parent = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      input,
      workshop.folder,
      mime,
    ]);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(String(line));
    expect(existsSync(`/proc/${child}`)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    for (let tries = 0; tries < 200 && isRunning(child); tries += 1) {
      await setTimeout(10);
    }
    expect(isRunning(child)).toBe(false);
  });
});

/** A process that has ended may stay as a zombie until init collects it. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}
