/** A bucket of an S3-compatible store, and how to speak with it. */
export interface S3Settings {
  bucket: string;
  /** Begins every key: empty, or ends with a slash. */
  prefix: string;
  /** Absent: Amazon's own. */
  endpoint?: string;
  region: string;
  /** The bucket in the path (`host/bucket/key`) and not in the host name (`bucket.host/key`). */
  pathStyle: boolean;
  /** Pictures through our own server, or from the store itself by a link that lives for a minute. */
  serve: 'proxy' | 'redirect';
}

const example = 's3://bucket/prefix?endpoint=https://s3.example.org&region=us-east-1';
const choices: Record<string, readonly string[]> = {
  style: ['path', 'host'],
  serve: ['proxy', 'redirect'],
};
const known = ['endpoint', 'region', ...Object.keys(choices)];

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…&style=path|host&serve=proxy|redirect`. Without an endpoint it is
 * Amazon's, and then the region has to be said.
 * @returns the settings, or what is wrong, each as the rest of a sentence that begins with the variable's name
 */
export function parseS3Url(text: string): { settings: S3Settings } | { mistakes: string[] } {
  if (!URL.canParse(text)) return { mistakes: [`must look like file:./uploads or ${example}`] };
  const { host: bucket, pathname, searchParams, username, password } = new URL(text);
  const given = (name: string) => searchParams.get(name) ?? undefined;
  const mistakes: string[] = [];
  if (username || password) {
    mistakes.push('must not hold the key: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    mistakes.push(`must name a bucket of 3 to 63 small letters, digits, dots and hyphens, as in ${example}`);
  }
  const prefix = pathname.replace(/^\/+|\/+$/g, '');
  if (!/^[\w./-]*$/.test(prefix)) mistakes.push('must have a prefix of letters, digits and - _ . / only');
  for (const name of new Set(searchParams.keys())) {
    if (!known.includes(name)) mistakes.push(`has no setting ${name}: there are ${known.join(', ')}`);
    else if (searchParams.getAll(name).length > 1) mistakes.push(`has ${name} twice`);
  }
  for (const [name, values] of Object.entries(choices)) {
    const value = given(name);
    if (value !== undefined && !values.includes(value)) {
      mistakes.push(`must have ${name}=${values.join(` or ${name}=`)}`);
    }
  }
  const endpoint = given('endpoint');
  if (endpoint !== undefined && !isEndpoint(endpoint)) {
    mistakes.push('must have an endpoint like https://s3.example.org, without a path');
  }
  const region = given('region') ?? (endpoint === undefined ? undefined : 'us-east-1');
  if (!region) mistakes.push('must have an endpoint, or the region of a bucket at Amazon');
  if (mistakes.length > 0 || !region) return { mistakes };
  return {
    settings: {
      bucket,
      prefix: prefix && `${prefix}/`,
      endpoint: endpoint && new URL(endpoint).origin,
      region,
      pathStyle: (given('style') ?? (endpoint ? 'path' : 'host')) === 'path',
      serve: given('serve') === 'redirect' ? 'redirect' : 'proxy',
    },
  };
}

function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, pathname, search, hash, username } = new URL(value);
  return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash && !username;
}
