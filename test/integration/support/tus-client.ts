import { Upload, type UploadOptions } from 'tus-js-client';

export interface ClientUpload {
  /** `/api` and the server's or a proxy's origin before it. */
  api: string;
  cookie: string;
  submission: string;
  content: Buffer;
  options?: UploadOptions;
}

/** tus-js-client, which goes on after each interruption by itself; resolves to the upload's address. */
export function uploadByClient({
  api,
  cookie,
  submission,
  content,
  options,
}: ClientUpload): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(content, {
      endpoint: `${api}/uploads`,
      headers: { Cookie: cookie },
      metadata: { submission, filename: '照片.jpg' },
      // As many as it takes, and at once.
      retryDelays: Array<number>(5000).fill(0),
      ...options,
      onSuccess: () => resolve(upload.url),
      onError: reject,
    });
    upload.start();
  });
}
