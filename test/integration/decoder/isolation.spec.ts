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
import { decoderPids, firstDecoderPid, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

const linux = process.platform === 'linux' ? describe : describe.skip;
const MiB = 1024 * 1024;

/** Processes are looked up in /proc, which only Linux has. */
linux('a decoding process', () => {
  let workshop: Workshop;
  const openWorkshop = async (limits?: Partial<DecoderLimits>, slots = 1) => {
    workshop = await Workshop.open({ limits, slots });
  };
  afterEach(() => workshop.close());

  it('has nothing of the environment', async () => {
    process.env['DINGGE_TEST_SECRET'] = 'canary';
    await openWorkshop();
    await workshop.photo(await plainJpeg());
    delete process.env['DINGGE_TEST_SECRET'];
    const names = readFileSync(`/proc/${await firstDecoderPid()}/environ`, 'latin1')
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.split('=')[0]);
    // The last two are Node's own: the number and the format of the channel to the parent.
    const allowed = [
      'MALLOC_ARENA_MAX',
      'UV_THREADPOOL_SIZE',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
    ];
    expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('that is killed fails its own job alone', async () => {
    await openWorkshop({}, 2);
    const photo = await plainJpeg();
    const doomed = workshop.photo(await noisyJpeg());
    const outcome = expect(doomed).rejects.toMatchObject({ code: 'MEDIA.DECODER_CRASHED', retryable: true });
    process.kill(await firstDecoderPid(), 'SIGKILL');
    const others = Promise.all([workshop.photo(photo), workshop.photo(photo), workshop.photo(photo)]);
    await outcome;
    expect((await others).map(({ width }) => width)).toEqual([640, 640, 640]);
    expect((await workshop.outputs()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('that hangs is killed by its timeout, and the next job gets a new one', async () => {
    await openWorkshop({ photoTimeoutMs: 3000 });
    const photo = await plainJpeg();
    await workshop.photo(photo);
    const pid = await firstDecoderPid();
    process.kill(pid, 'SIGSTOP');
    await expect(workshop.photo(photo)).rejects.toMatchObject({ code: 'MEDIA.TIMEOUT', retryable: true });
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    await workshop.photo(photo);
  });

  it('may not take more memory than it is given', async () => {
    await openWorkshop({ photoMemoryBytes: 384 * MiB });
    await expect(workshop.photo(memoryHungryPng(), 'image/png')).rejects.toMatchObject({
      code: 'MEDIA.TOO_LARGE_FOR_MEMORY',
      retryable: false,
    });
    await workshop.photo(await plainJpeg());
  });

  it('is replaced after so many photos, and when it has grown', async () => {
    await openWorkshop({ photosPerChild: 2 });
    const photo = await plainJpeg();
    await workshop.photo(photo);
    const first = await firstDecoderPid();
    await workshop.photo(photo);
    expect(decoderPids()).toEqual([]);
    await workshop.photo(photo);
    expect(decoderPids()).not.toContain(first);
    await workshop.close();

    await openWorkshop({ idleMemoryBytes: 1 });
    await workshop.photo(photo);
    expect(decoderPids()).toEqual([]);
  });

  it('ends with its job when that is aborted', async () => {
    await openWorkshop();
    const abort = new AbortController();
    const job = workshop.photo(await noisyJpeg(), 'image/jpeg', abort.signal);
    const outcome = expect(job).rejects.toThrow('no longer wanted');
    await firstDecoderPid();
    abort.abort(new Error('no longer wanted'));
    await outcome;
    expect(decoderPids()).toEqual([]);
  });

  it('is closed with the decoder, and so are jobs that wait', async () => {
    await openWorkshop();
    const photo = await noisyJpeg();
    const jobs = [workshop.photo(photo), workshop.photo(photo)].map((job) =>
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
    await writeFile(input, await plainJpeg());
    const decoder = childEntry('photo-child').replace('photo-child', 'decoder');
    const script = `
      import { readFileSync } from 'node:fs';
      const { Decoder } = await import(${JSON.stringify(decoder)});
      const [input, outDir] = process.argv.slice(1);
      await new Decoder({ slots: 1 }).photo({ input, mime: 'image/jpeg', outDir, stem: 'orphan' });
      console.log(readFileSync('/proc/' + process.pid + '/task/' + process.pid + '/children', 'latin1').trim());
      await new Promise(() => undefined);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, input, workshop.folder]);
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
