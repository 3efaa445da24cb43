import type { ClipFacts } from './pending';

const PATIENCE_MS = 6_000;
const POSTER_EDGE = 640;

/** Length and a frame of a video, as far as this browser can read it; null where it cannot, as with many a HEVC. */
export async function readClip(file: File): Promise<ClipFacts | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  const url = URL.createObjectURL(file);
  try {
    const opened = heard(video, 'loadeddata', 'loadedmetadata');
    video.src = url;
    await opened;
    if (!Number.isFinite(video.duration)) return null;
    return { durationMs: Math.round(video.duration * 1000), posterUrl: await drawFrame(video) };
  } catch {
    return null;
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}

/** Not the very first one, which is black in many films. */
async function drawFrame(video: HTMLVideoElement): Promise<string | null> {
  try {
    const sought = heard(video, 'seeked');
    video.currentTime = Math.min(1, video.duration / 10);
    await sought;
    const scale = Math.min(1, POSTER_EDGE / Math.max(video.videoWidth, video.videoHeight));
    if (!Number.isFinite(scale)) return null;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const poster = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
    return poster && URL.createObjectURL(poster);
  } catch {
    return null;
  }
}

/** Phones that save data stop at the metadata: then after a while those have to do. */
function heard(video: HTMLVideoElement, wanted: string, enough?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let enoughHeard = false;
    const timer = window.setTimeout(() => {
      if (enoughHeard) resolve();
      else reject(new Error(`no ${wanted}`));
    }, PATIENCE_MS);
    const settle = (end: () => void) => () => {
      window.clearTimeout(timer);
      end();
    };
    video.addEventListener(wanted, settle(resolve), { once: true });
    video.addEventListener(
      'error',
      settle(() => reject(new Error('not readable'))),
      { once: true },
    );
    if (enough) {
      video.addEventListener(
        enough,
        () => {
          enoughHeard = true;
        },
        { once: true },
      );
    }
  });
}
