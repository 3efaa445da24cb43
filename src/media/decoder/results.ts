import type { PhotoReport, VideoReport, WholeSizeReport } from './messages.js';

/** What a file says of how it was taken and made. For organisers only, never in a rendition. */
export type CameraFacts = PhotoReport['facts'];

/** Adds to each rendition the absolute path at which it lies. */
type Filed<Report extends { renditions: object[] }> = Omit<Report, 'renditions'> & {
  renditions: Array<Report['renditions'][number] & { file: string }>;
};

/** A decoded photo. `width` and `height` are those of the original, upright; `placeholder` is a base64 thumbhash. */
export type PhotoResult = Filed<PhotoReport>;

/** The picture of a photo's whole size, and where it lies. */
export type WholeSizeResult = WholeSizeReport & { file: string };

/** A decoded video. `width` and `height` are upright, in square pixels; `placeholder` is the poster's. */
export type VideoResult = Filed<VideoReport>;
