import { apiUrl, networkProblem, problemFrom } from '../../shared/api';
import { languageTag } from '../../shared/i18n';

/** POSTs one file as a form, and tells how much of it has left (0–1): fetch would not say. @throws ApiProblem */
export function sendFile<Answer>(
  path: string,
  file: File,
  onShare: (share: number) => void,
): Promise<Answer> {
  const form = new FormData();
  form.append('files', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path));
    request.setRequestHeader('Accept-Language', languageTag());
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(networkProblem());
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Answer);
      else reject(problemFrom(request.status, request.responseText));
    };
    request.send(form);
  });
}
