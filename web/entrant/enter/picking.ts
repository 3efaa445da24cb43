import { onScopeDispose, ref, shallowRef } from 'vue';
import type { Category } from '../../shared/api-types';
import { readClip } from '../sending/clip';
import { identityOf } from '../sending/mark';
import { differenceOf, matchFiles, type Difference } from '../sending/match';
import { pause } from '../sending/signals';
import { addFiles, discardFile, resumeWith, type PendingFile, type PickedFile } from '../uploads';
import type { Draft } from './draft';
import { HEAD_BYTES, kindByContent, sortFiles, type RefusedFile } from './file-rules';

const TRY_AGAIN_MS = 10_000;

/** Files that were chosen while others wait to be chosen again, and are none of these. */
export interface WrongPick {
  files: PickedFile[];
  /** What they were compared with, and how they differ, where that can be said. */
  wanted: PendingFile;
  difference: Difference;
  /** Whether there is no place for them beside it. */
  instead: boolean;
}

type Examined = Awaited<ReturnType<typeof examine>>;

/** From chosen files to files on their way: what is refused, what goes on, what is new. */
export function usePicking(draft: Draft, category: () => Category, pending: () => readonly PendingFile[]) {
  const refused = ref<RefusedFile[]>([]);
  const wrong = shallowRef<WrongPick | null>(null);
  /** Chosen while the work itself could not be made for want of a network. */
  const held = shallowRef<readonly PickedFile[]>([]);
  let over = false;
  onScopeDispose(() => {
    over = true;
  });

  const present = () => (draft.submission.value?.media.length ?? 0) + pending().length + held.value.length;

  /** With `wanted`, in answer to the question for that file. */
  async function pick(files: readonly File[], wanted?: PendingFile): Promise<void> {
    refused.value = [];
    wrong.value = null;
    const unfinished = wanted ? [wanted] : pending().filter(({ file }) => file === null);
    const examined = await Promise.all(files.map((file) => examine(file)));
    const alike = await Promise.all(
      examined
        .filter(({ size }) => unfinished.some(({ bytes }) => bytes === size))
        .map(({ file }) => identityOf(file)),
    );
    const { pairs } = matchFiles(alike, unfinished);
    for (const { file, upload } of pairs) resumeWith(upload.key, await withClip(file));
    const rest = examined.filter(({ file }) => !pairs.some((pair) => pair.file.file === file));
    if (rest.length === 0) return;
    const [compared] = unfinished.filter((item) => item.state !== 'failed');
    const asks = pairs.length === 0 && compared !== undefined;
    const instead = asks && present() >= category().limits.maxFiles;
    const taken = await sort(rest, present() - (instead ? 1 : 0));
    const [first] = taken;
    if (!first) return;
    if (!asks) await send(taken);
    else {
      wrong.value = {
        files: taken,
        wanted: compared,
        difference: differenceOf(first, compared) ?? 'content',
        instead,
      };
    }
  }

  async function sendWrong(): Promise<void> {
    const pickedWrong = wrong.value;
    if (!pickedWrong) return;
    wrong.value = null;
    if (pickedWrong.instead) discardFile(pickedWrong.wanted.key);
    await send(pickedWrong.files);
  }

  async function sort(files: readonly Examined[], places: number): Promise<PickedFile[]> {
    const first = sortFiles(files, category(), places);
    const read: (Examined & { picked: PickedFile; durationMs: number | null })[] = [];
    const again: RefusedFile[] = [];
    for (const one of first.taken) {
      const picked = await withClip(await identityOf(one.file));
      const others = [...pending().filter(({ file }) => file), ...read.map((item) => item.picked)];
      if (others.some((item) => differenceOf(picked, item) === null)) {
        again.push({ name: one.name, refusal: { code: 'ALREADY_HERE' } });
      } else read.push({ ...one, picked, durationMs: picked.clip?.durationMs ?? null });
    }
    const { taken, refused: long } = sortFiles(read, category(), places);
    refused.value = [...first.refused, ...again, ...long];
    return taken.map(({ picked }) => picked);
  }

  async function withClip(file: PickedFile): Promise<PickedFile> {
    return category().media === 'video' ? { ...file, clip: await readClip(file.file) } : file;
  }

  async function send(files: readonly PickedFile[]): Promise<void> {
    held.value = [...held.value, ...files];
    if (held.value.length > files.length) return;
    while (!over) {
      const work = await draft.ensure();
      if (work) addFiles(work.id, held.value, category().media);
      const { state } = draft;
      if (work || state.value.is !== 'failed' || !state.value.problem.temporary) break;
      await pause(TRY_AGAIN_MS);
    }
    held.value = [];
  }

  return { refused, wrong, held, pick, sendWrong };
}

async function examine(file: File) {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const { name, size, type } = file;
  return { file, name, size, type, content: kindByContent(new Uint8Array(head)) };
}
