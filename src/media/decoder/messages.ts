import { z } from 'zod';
import { views } from '../fingerprint/views.js';
import { decodeErrorCodes, type DecodeErrorCode } from './errors.js';
import { provenanceMarks } from './facts/source-types.js';

/**
 * What the worker and its decoding processes say to each other over Node's IPC channel. A child that decodes
 * strangers' bytes may have been taken over by them: whatever it answers is checked against these shapes, and
 * it names no paths (the parent knows where the files must lie).
 */

/** Where to read, where to write. `outDir` exists; `stem` is a plain file name that this job alone uses. */
export const jobSchema = z.object({
  input: z.string(),
  mime: z.string(),
  /** A video that claims to be longer is refused; null where any may be tried. */
  maxDurationMs: z.number().nullable().optional(),
  /** Nothing but the picture of a photo's whole size is wanted. */
  whole: z.boolean().optional(),
  outDir: z.string(),
  stem: z.string().regex(/^[\w-][\w.-]{0,120}$/),
});
export type DecodeJob = z.infer<typeof jobSchema>;

/** A photo child and a video child each understand one kind of request: a job. */
export type ToChild = { type: 'job'; job: DecodeJob };

const text = z.string().max(120).nullable();
const pixels = z.int().positive().max(1_000_000);

const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/)
  .nullable();

const factsSchema = z.object({
  takenAt: moment,
  camera: text,
  lens: text,
  exposure: z.object({
    fNumber: z.number().positive().nullable(),
    exposureTime: z.number().positive().nullable(),
    iso: z.number().positive().nullable(),
    focalLength: z.number().positive().nullable(),
  }),
  gps: z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).nullable(),
  software: text,
  hasExif: z.boolean(),
  edits: z.object({
    programs: z.array(z.string().max(60)).max(5),
    history: z.boolean(),
    savedAt: moment,
  }),
  provenance: z.object({
    c2pa: z.boolean(),
    ai: z.enum(['generated', 'edited', 'possible']).nullable(),
    mark: z.enum(provenanceMarks).nullable(),
    generator: text,
  }),
  jpegQuality: z.int().min(1).max(100).nullable(),
});

const hash = z.string().regex(/^[0-9a-f]{16}$/);
const share = z.number().min(0).max(1);
const frameSchema = z.object({
  hashes: z
    .array(hash)
    .min(views.length)
    .max(views.length + 1),
  border: z.tuple([share, share, share, share]),
  texture: z.string().regex(/^[A-Za-z0-9+/]{342}==$/),
});

/** A photo shows one picture; of a video several are compared. */
export const framesOfVideo = 3;

export const photoRenditionNames = ['preview', 'thumb', 'small'] as const;
export const videoRenditionNames = ['poster', 'thumb', 'small', 'play'] as const;

const writtenFile = {
  mime: z.enum(['image/jpeg', 'image/webp', 'video/mp4']),
  bytes: z.int().positive(),
  width: pixels,
  height: pixels,
};
const placeholder = z.string().regex(/^[A-Za-z0-9+/]{4,60}={0,2}$/);

export const photoReportSchema = z.object({
  width: pixels,
  height: pixels,
  placeholder,
  renditions: z.array(z.object({ name: z.enum(photoRenditionNames), ...writtenFile })).max(3),
  facts: factsSchema,
  fingerprint: z.array(frameSchema).max(1),
});
export type PhotoReport = z.infer<typeof photoReportSchema>;

export const wholeSizeNames = ['full'] as const;
export const wholeSizeReportSchema = z.object({ name: z.literal('full'), ...writtenFile });
export type WholeSizeReport = z.infer<typeof wholeSizeReportSchema>;

/** What became of a video's sound: `lost` means that there is some and that it could not be kept. */
export const soundFates = ['none', 'whole', 'mended', 'lost'] as const;
export type SoundFate = (typeof soundFates)[number];

export const videoReportSchema = z.object({
  width: pixels,
  height: pixels,
  durationMs: z.int().positive(),
  hasAudio: z.boolean(),
  codec: z.string().regex(/^[a-z0-9]{2,12}$/),
  placeholder,
  renditions: z.array(z.object({ name: z.enum(videoRenditionNames), ...writtenFile })).max(4),
  facts: factsSchema.extend({ sound: z.enum(soundFates) }),
  fingerprint: z.array(frameSchema).max(framesOfVideo),
});
export type VideoReport = z.infer<typeof videoReportSchema>;

const codes = Object.keys(decodeErrorCodes) as [DecodeErrorCode, ...DecodeErrorCode[]];

/**
 * `begun`: the process runs and has its job; nothing of the file has been read yet.
 * `probed`: the file opened and claims this length, so the job may take as long as that deserves.
 * `progress`: the share of the job that is done, 0 to 1.
 * `rssBytes`: how large the process has become, so that the parent can retire it.
 */
const fromChildSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun') }),
  z.object({ type: z.literal('probed'), durationMs: z.number().nonnegative() }),
  z.object({ type: z.literal('progress'), share: z.number().min(0).max(1) }),
  z.object({ type: z.literal('done'), report: z.unknown(), rssBytes: z.number() }),
  z.object({
    type: z.literal('failed'),
    code: z.enum(codes),
    detail: z.string().max(400),
    rssBytes: z.number(),
  }),
]);
export type FromChild = z.infer<typeof fromChildSchema>;

/** A child's message, or null if it is not one. */
export function parseFromChild(message: unknown): FromChild | null {
  return fromChildSchema.safeParse(message).data ?? null;
}

/** Makes a `switch` over a union fail to compile when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`not a known message: ${JSON.stringify(value)}`);
}
