import { apiUrl, type ApiProblem, networkProblem, problemFrom } from './api';
import { languageTag } from './i18n';

export interface Upload<Answer> {
  done: Promise<Answer>;
  /** Stops sending; `done` then rejects with an `AbortError`. */
  cancel: () => void;
}

/**
 * Sends a form with the bytes' true progress (0 to 1), which `fetch` cannot tell. Rejects with {@link ApiProblem}.
 */
export function upload<Answer>(
  path: string,
  form: FormData,
  onProgress: (share: number) => void = () => {},
): Upload<Answer> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer>((resolve, reject: (reason: ApiProblem | DOMException) => void) => {
    request.open('POST', apiUrl(path));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', languageTag());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Answer);
      else reject(problemFrom(request.status, request.responseText));
    };
    request.onerror = () => reject(networkProblem());
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}
