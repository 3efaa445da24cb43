import { hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** Keys of 32 bytes each, fit for HMAC-SHA256 and AES-256-GCM. */
export interface Secrets {
  /** Signs sessions; other signing keys (such as that of picture links) are derived from it. */
  sessionSecret: Buffer;
  /** Encrypts what winners tell of themselves. Lost, those fields can't be read again. */
  dataKey: Buffer;
  /** The key before it, while there is still something to be read with it. */
  previousDataKey?: Buffer;
}

/** The part of the environment that matters here. */
interface SecretSources {
  sessionSecret?: string;
  dataKey?: string;
  previousDataKey?: string;
  dataDir: string;
}

const KEY_BYTES = 32;

/**
 * Takes each secret from the environment, else from a file in the data folder, which is made with random
 * content the first time. Both go through the same derivation, so the content of a file can later be moved
 * into SESSION_SECRET or DATA_KEY and means the same key.
 */
export async function resolveSecrets(env: SecretSources): Promise<Secrets> {
  const [session, data] = await Promise.all([
    env.sessionSecret ?? generatedOnce(path.join(env.dataDir, 'session-secret')),
    env.dataKey ?? generatedOnce(path.join(env.dataDir, 'data-key')),
  ]);
  return {
    sessionSecret: derive(session, 'session'),
    dataKey: derive(data, 'data'),
    previousDataKey: env.previousDataKey ? derive(env.previousDataKey, 'data') : undefined,
  };
}

function derive(text: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', text, '', `dingge ${purpose}`, KEY_BYTES));
}

async function generatedOnce(file: string): Promise<string> {
  const kept = await readSecret(file);
  if (kept !== null) return kept;

  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(48).toString('base64url')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // A link, unlike a rename, never replaces: of two processes that start at once both keep the first secret.
  await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(temporary);
  return (await readSecret(file))!;
}

async function readSecret(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  // An emptied file must not become a key that anyone can compute.
  if (text.trim().length < 32) {
    throw new Error(`${file} holds no secret. Restore it, or delete it to begin with a new one.`);
  }
  return text.trim();
}
