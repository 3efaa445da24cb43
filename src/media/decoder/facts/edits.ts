import type { Exif } from './exif.js';
import type { Metadata } from './metadata.js';
import { programIn } from './programs.js';
import { namesOfPrograms } from './provenance.js';
import { samsungEdits } from './samsung.js';
import { momentOf } from './values.js';
import type { Xmp } from './xmp.js';

export interface Edits {
  /** Programs that changed the picture, by the names people know them by. */
  programs: string[];
  /** The file keeps a history or settings of what was changed. */
  history: boolean;
  /** When it was last saved, where that is later than the moment it was taken. */
  savedAt: string | null;
}

const mostPrograms = 5;
/** A camera may take this long to write what it took (long exposures, stitching). */
const slowSaveMs = 5 * 60_000;

/** Hints that a picture was worked on; a hint is no reproach, and most good pictures have one. */
export function editsOf(
  metadata: Metadata,
  exif: Exif | null,
  xmp: readonly Xmp[],
  takenAt: string | null,
): Edits {
  const known = namesOfPrograms(metadata, exif, xmp).flatMap((name) => programIn(name) ?? []);
  // Meitu's record of its sliders names no program.
  const meitu = /"BeautyInfo"\s{0,4}:/.test(exif?.comment ?? '') ? ['美图秀秀'] : [];
  const programs = [...known.filter(({ ai }) => ai === null).map(({ name }) => name), ...meitu];
  const cameraRaw = xmp.some(isDeveloped);
  if (cameraRaw && !programs.some((name) => name.startsWith('Adobe'))) programs.push('Adobe Camera Raw');
  return {
    programs: [...new Set(programs)].slice(0, mostPrograms),
    history: cameraRaw || xmp.some(hasHistory) || metadata.texts.some(({ name }) => name === samsungEdits),
    savedAt: savedLater(takenAt, exif?.modifiedAt ?? xmpModified(xmp)),
  };
}

/** Cameras (DJI's) write these properties too, and say False. */
const isDeveloped = (packet: Xmp): boolean =>
  ['HasSettings', 'AlreadyApplied'].some((name) => packet.value('cameraRaw', name) === 'True');

/** Photoshop's own log, or the events of xmpMM:History. */
const hasHistory = (packet: Xmp): boolean =>
  packet.value('photoshop', 'History') !== null || packet.value('event', 'action') !== null;

const xmpModified = (xmp: readonly Xmp[]): string | null =>
  momentOf(xmp.map((packet) => packet.value('xmp', 'ModifyDate')).find(Boolean));

/** Both as the clocks showed them: a zone that only one of them names would shift it by hours. */
function savedLater(takenAt: string | null, savedAt: string | null): string | null {
  if (!takenAt || !savedAt) return null;
  const zoned = [takenAt, savedAt].every((moment) => moment.length > 19);
  const [taken, saved] = [takenAt, savedAt].map((moment) =>
    Date.parse(zoned ? moment : `${moment.slice(0, 19)}Z`),
  );
  return saved - taken > slowSaveMs ? savedAt : null;
}
