/** An answer with its body read: JSON where it is JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into bodies of every shape; what isn't there fails the expectation.
  body: any;
}

/** Somebody with a browser: keeps the session cookie, sends JSON or forms. */
export class Client {
  cookie = '';
  // Written out, not a parameter property: benchmarks read this file as it is.
  url: string;

  constructor(url: string) {
    this.url = url;
  }

  get = (path: string, headers?: Record<string, string>) => this.send('GET', path, undefined, headers);
  post = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.send('POST', path, body, headers);
  put = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.send('PUT', path, body, headers);
  patch = (path: string, body?: unknown) => this.send('PATCH', path, body);
  delete = (path: string) => this.send('DELETE', path);

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const json = body !== undefined && !(body instanceof FormData) && !(body instanceof Blob);
    const response = await fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
      body: json ? JSON.stringify(body) : body,
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const gone = attributes.some((attribute) => attribute.includes('1970'));
      this.cookie = gone ? '' : pair;
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = method !== 'HEAD' && response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(bytes.toString()) : bytes,
    };
  }
}
