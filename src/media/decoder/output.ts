import { open, rename, rm } from 'node:fs/promises';
import type { DecodeJob } from './messages.js';
import { partName, renditionFile, type RenditionName } from './names.js';

/**
 * The files of one job: all appear under their names at the end, or none does. Each is written and fsynced
 * under another name first, so that a full disk or a kill never leaves a torn rendition nor harms an older one.
 */
export class Output {
  private readonly files: string[] = [];

  constructor(private readonly job: Pick<DecodeJob, 'outDir' | 'stem'>) {}

  /** Where to write a rendition for now; it counts as part of the job from here on. */
  reserve(name: RenditionName): string {
    const file = renditionFile(this.job, name);
    this.files.push(file);
    return partName(file);
  }

  async write(name: RenditionName, bytes: Uint8Array): Promise<void> {
    const handle = await open(this.reserve(name), 'w', 0o644);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  }

  /** Makes every file durable, then visible. */
  async commit(): Promise<void> {
    for (const file of this.files) await sync(partName(file), 'r+');
    for (const file of this.files) await rename(partName(file), file);
    // A folder cannot be opened on Windows; its rename is durable without this.
    if (process.platform !== 'win32') await sync(this.job.outDir, 'r');
  }

  async discard(): Promise<void> {
    for (const file of this.files) await rm(partName(file), { force: true });
  }
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
