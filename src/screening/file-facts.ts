import type { CaptureFacts } from '../media/media.entity.js';
import type { FileFacts } from './dto.js';

const nothing: FileFacts = {
  takenAt: null,
  camera: null,
  lens: null,
  exposure: { fNumber: null, exposureTime: null, iso: null, focalLength: null },
  gps: null,
  software: null,
  edits: { programs: [], history: false, savedAt: null },
  provenance: { c2pa: false, ai: null, mark: null, generator: null },
};

/** The facts of a file as the desk shows them; files that were processed by an earlier version have fewer. */
export function fileFacts(facts: CaptureFacts | null): FileFacts | null {
  return facts && { ...nothing, ...facts };
}
