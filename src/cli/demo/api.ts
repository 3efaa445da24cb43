import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that isn't a success; `message` names the request and says what the server said. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  errors?: { path: string; message: string }[];
}

/** How often a request waits and tries again when the server says 429. */
const PATIENCE = 6;

/** One person at the API: keeps the session cookie, speaks JSON and forms. */
export class Api {
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly base: string,
    private readonly language: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.json('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.json('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.json('PUT', path, body);
  }

  /** The bytes of a file. */
  async download(path: string): Promise<Buffer> {
    const response = await this.send('GET', path);
    return Buffer.from(await response.arrayBuffer());
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** @throws {ApiError} for every answer that isn't 2xx */
  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const form = body instanceof FormData;
    for (let attempt = 1; ; attempt += 1) {
      const headers = new Headers({ 'accept-language': this.language });
      if (this.cookies.size > 0) {
        headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      }
      if (body !== undefined && !form) headers.set('content-type', 'application/json');
      const response = await fetch(`${this.base}/api${path}`, {
        method,
        headers,
        body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      }).catch((error: unknown) => {
        throw new Error(`${method} ${path}: ${reasonOf(error)}`, { cause: error });
      });
      this.keepCookies(response);
      if (response.ok) return response;
      const wait = Number(response.headers.get('retry-after'));
      if (response.status === 429 && attempt < PATIENCE && wait <= 60) {
        await response.body?.cancel();
        await sleep(Math.max(1, wait || attempt) * 1000);
        continue;
      }
      throw await problemOf(method, path, response);
    }
  }

  private keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';', 1);
      const split = pair.indexOf('=');
      const value = pair.slice(split + 1).trim();
      const name = pair.slice(0, split).trim();
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** `fetch failed` alone helps nobody: the cause says which host refused. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
}

/** An answer that isn't JSON comes from a proxy: its first words must do. */
function parseProblem(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

async function problemOf(method: string, path: string, response: Response): Promise<ApiError> {
  const text = await response.text();
  const problem = parseProblem(text);
  const fields = (problem.errors ?? []).map((e) => `\n    ${e.path}: ${e.message}`).join('');
  const code = problem.code ?? '';
  const said = problem.detail ?? problem.title ?? response.statusText;
  return new ApiError(
    response.status,
    code,
    `${method} ${path} → ${response.status} ${code} ${said}${fields}`,
  );
}
