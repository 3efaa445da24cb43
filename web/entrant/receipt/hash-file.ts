import type { HashNews } from './hash-worker';

/** SHA-256 of a file, in hex, worked out off the page's own thread. Rejects where the file can't be read, or on `signal`. */
export function hashFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<string>((resolve, reject: (reason: Error) => void) => {
    worker.onmessage = ({ data }: MessageEvent<HashNews>) => {
      if ('done' in data) onProgress(file.size ? data.done / file.size : 1);
      else if ('sha256' in data) resolve(data.sha256);
      else reject(new Error('unreadable'));
    };
    worker.onerror = () => reject(new Error('no worker'));
    signal.addEventListener('abort', () => reject(new Error('aborted')));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
